using System.Numerics;
using NeuralNet.Core.Initializers;

namespace NeuralNet.Layers.Recurrent;

/// <summary>A plain recurrent layer: <c>h_t = tanh(W_ih·x_t + b_ih + W_hh·h_(t−1) + b_hh)</c>.</summary>
/// <remarks>
/// <para><b>Gradients.</b> With the gradient dh_t by h_t, from above and from step t + 1: <c>da_t = dh_t∗(1 − h_t²)</c>, <c>dh_(t−1) = W_hhᵀ·da_t</c>, <c>dx_t = W_ihᵀ·da_t</c>, and over all steps <c>dW_ih = Σ da_t·x_tᵀ</c>, <c>dW_hh = Σ da_t·h_(t−1)ᵀ</c>, both biases <c>Σ da_t</c>.</para>
/// <para>Shapes, memory, parameters, lengths and states: see <see cref="RecurrentLayer{T}"/>.</para>
/// <para><b>Source.</b> Elman (1990); CS224n lecture 5; the form is that of PyTorch's <c>RNN</c>.</para>
/// </remarks>
/// <example><c>new RNN&lt;float&gt;(inputs: 32, hidden: 128, random)</c> and behind it a <c>Linear</c> on the steps as rows (<see cref="NeuralNet.Core.Shapes.MatrixViews"/>), or with
/// <c>lastStep: true</c> a <c>Linear</c> on h of the last step.</example>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class RNN<T> : RecurrentLayer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A layer with random weights and biases of zeros.</summary>
    /// <param name="inputs">C, values of a step, 1 or more.</param>
    /// <param name="hidden">H, entries of h, 1 or more.</param>
    /// <param name="random">The generator that the weights are drawn from.</param>
    /// <param name="layers">L, layers on top of each other, each reading h of the one below, 1 or more; 1 by default.</param>
    /// <param name="bidirectional">Whether each layer reads the sequence in both directions; false by default.</param>
    /// <param name="lastStep">Whether the output is h of the last step alone; by default it is h of all steps.</param>
    /// <param name="bias">Whether there are biases; by default there are.</param>
    /// <param name="initializer">How the inputs' weights are drawn, gate by gate <c>[C×H]</c>; by default from U(−1/√H, 1/√H).</param>
    /// <param name="recurrentInitializer">How the recurrent weights are drawn, gate by gate <c>[H×H]</c>, such as <see cref="Orthogonal"/>; by default from U(−1/√H, 1/√H).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1, or a weight is larger than an array.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public RNN(
        int inputs, int hidden, Random random, int layers = 1, bool bidirectional = false, bool lastStep = false, bool bias = true,
        Initializer? initializer = null, Initializer? recurrentInitializer = null)
        : base(new TanhCell<T>(), new RecurrentSettings(inputs, hidden, layers, bidirectional, lastStep, bias), random, initializer, recurrentInitializer)
    {
    }

    /// <summary>A layer of zeros, which a file fills.</summary>
    internal RNN(RecurrentSettings settings)
        : base(new TanhCell<T>(), settings)
    {
    }
}
