using System.Numerics;
using NeuralNet.Core.Initializers;

namespace NeuralNet.Layers.Recurrent;

/// <summary>Long short-term memory: <c>i, f, o = σ(W_ih·x_t + b_ih + W_hh·h_(t−1) + b_hh)</c>, <c>g = tanh(the same)</c>, <c>c_t = f∗c_(t−1) + i∗g</c>, <c>h_t = o∗tanh c_t</c>; the gates in the order i, f, g, o.</summary>
/// <remarks>
/// <para><b>Gradients.</b> With the gradients dh by h_t and dc by c_t from step t + 1: <c>dc += dh∗o∗(1 − tanh² c_t)</c>, <c>do = dh∗tanh c_t∗o∗(1 − o)</c>, <c>di = dc∗g∗i∗(1 − i)</c>, <c>df = dc∗c_(t−1)∗f∗(1 − f)</c>, <c>dg = dc∗i∗(1 − g²)</c>; <c>dc_(t−1) = dc∗f</c>, <c>dh_(t−1) = W_hhᵀ·(di, df, dg, do)</c>, <c>dx_t = W_ihᵀ·(di, df, dg, do)</c>, and the weights' as the sums over all steps.</para>
/// <para>Shapes, memory, parameters, lengths and states: see <see cref="RecurrentLayer{T}"/>.</para>
/// <para><b>Source.</b> Hochreiter and Schmidhuber (1997); Gers, Schmidhuber and Cummins (2000); CS224n lecture 6; the form is that of PyTorch's <c>LSTM</c>.</para>
/// </remarks>
/// <example><c>new LSTM&lt;float&gt;(inputs: 32, hidden: 128, random)</c> and behind it a <c>Linear</c> on the steps as rows (<see cref="NeuralNet.Core.Shapes.MatrixViews"/>), or with
/// <c>lastStep: true</c> a <c>Linear</c> on h of the last step.</example>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class LSTM<T> : RecurrentLayer<T> where T : unmanaged, IFloatingPointIeee754<T>
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
    public LSTM(
        int inputs, int hidden, Random random, int layers = 1, bool bidirectional = false, bool lastStep = false, bool bias = true,
        Initializer? initializer = null, Initializer? recurrentInitializer = null)
        : base(new LongShortTermCell<T>(), new RecurrentSettings(inputs, hidden, layers, bidirectional, lastStep, bias), random, initializer, recurrentInitializer)
    {
    }

    /// <summary>A layer of zeros, which a file fills.</summary>
    internal LSTM(RecurrentSettings settings)
        : base(new LongShortTermCell<T>(), settings)
    {
    }
}
