using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Layers.Recurrent;

/// <summary>The memory of a pass through one layer in one direction; with samples in columns, those of a step side by side.</summary>
/// <param name="Direction">The layer in its direction.</param>
/// <param name="Batch">The batch.</param>
/// <param name="Outputs">h of the layer <c>[DH×N(T+2)]</c>: step t is block t + 1, of both directions; before them what the forward direction begins with, behind them the other's.</param>
/// <param name="Gates"><c>[kH×NT]</c>.</param>
/// <param name="States">c <c>[H×N(T+2)]</c>, in blocks like those of h.</param>
/// <param name="Kept"><c>[H×NT]</c>.</param>
/// <param name="Apart">Forward the recurrent product of a step <c>[kH×N]</c>, backward the gradients by it <c>[kH×NT]</c>.</param>
/// <param name="Bias">Forward the biases <c>[bH×1]</c>, backward their gradients, a column for each group of samples.</param>
/// <param name="Weight">The recurrent weights, transposed or not.</param>
/// <param name="GateGradients">Backward: <c>[kH×NT]</c>.</param>
/// <param name="OutputGradient">Backward: by h <c>[H×N]</c>.</param>
/// <param name="StateGradient">Backward: by c <c>[H×N]</c>.</param>
/// <param name="Upstream">Backward: by the layer's outputs <c>[DH×NT]</c>, or null where they count at the last step only.</param>
internal readonly record struct DirectionPass<T>(
    RecurrentDirection<T> Direction, SequenceBatch<T> Batch, Matrix<T> Outputs, Matrix<T> Gates, Matrix<T> States, Matrix<T> Kept, Matrix<T> Apart, Matrix<T> Bias,
    Matrix<T> Weight, Matrix<T>? GateGradients, Matrix<T>? OutputGradient, Matrix<T>? StateGradient, Matrix<T>? Upstream)
    where T : unmanaged, IFloatingPointIeee754<T>;
