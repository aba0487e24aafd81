using System.Numerics;
using NeuralNet.Core.Initializers;

namespace NeuralNet.Layers.Recurrent;

/// <summary>Gated recurrent units: <c>r, z = σ(W_ih·x_t + b_ih + W_hh·h_(t−1) + b_hh)</c>, <c>n = tanh(W_in·x_t + b_in + r∗(W_hn·h_(t−1) + b_hn))</c>, <c>h_t = (1 − z)∗n + z∗h_(t−1)</c>; the gates in the order r, z, n.</summary>
/// <remarks>
/// <para><b>Gradients.</b> With the gradient dh by h_t and <c>m = W_hn·h_(t−1) + b_hn</c>: <c>dz = dh∗(h_(t−1) − n)∗z∗(1 − z)</c>, <c>dn = dh∗(1 − z)∗(1 − n²)</c>, <c>dm = dn∗r</c>, <c>dr = dn∗m∗r∗(1 − r)</c>; <c>dh_(t−1) = dh∗z + W_hhᵀ·(dr, dz, dm)</c>, <c>dx_t = W_ihᵀ·(dr, dz, dn)</c>, and the weights' as the sums over all steps.</para>
/// <para>Shapes, memory, parameters, lengths and states: see <see cref="RecurrentLayer{T}"/>.</para>
/// <para><b>Source.</b> Cho and others (2014), equations 5 to 8, with r behind the recurrent product as in PyTorch's <c>GRU</c>, whose form this is.</para>
/// </remarks>
/// <example><c>new GRU&lt;float&gt;(inputs: 32, hidden: 128, random)</c> and behind it a <c>Linear</c> on the steps as rows (<see cref="NeuralNet.Core.Shapes.MatrixViews"/>), or with
/// <c>lastStep: true</c> a <c>Linear</c> on h of the last step.</example>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class GRU<T> : RecurrentLayer<T> where T : unmanaged, IFloatingPointIeee754<T>
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
    public GRU(
        int inputs, int hidden, Random random, int layers = 1, bool bidirectional = false, bool lastStep = false, bool bias = true,
        Initializer? initializer = null, Initializer? recurrentInitializer = null)
        : base(new GatedCell<T>(), new RecurrentSettings(inputs, hidden, layers, bidirectional, lastStep, bias), random, initializer, recurrentInitializer)
    {
    }

    /// <summary>A layer of zeros, which a file fills.</summary>
    internal GRU(RecurrentSettings settings)
        : base(new GatedCell<T>(), settings)
    {
    }
}
