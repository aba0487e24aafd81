using System.Numerics;
using NeuralNet.Core.Kernels.Recurrent;

namespace NeuralNet.Core.Operations;

/// <summary>What recurrent layers do in a step beside their products: all gates of all samples in one pass.</summary>
/// <remarks>
/// <para>a is what the products of the weights give a gate, b its bias, h⁻ and c⁻ are those before the step; equations are those of PyTorch. A step is done by the calling thread:
/// share groups of samples among threads by <see cref="ComputeThreads.For"/>. Nothing is allocated, and no bit of a sample depends on the others.</para>
/// <para><b>Threads.</b> Can be called from several at once, on different results.</para>
/// </remarks>
public static class RecurrentOperations
{
    /// <summary>A step of RNN: <c>h = tanh(a + b)</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="step">The step.</param>
    /// <exception cref="ArgumentException">An array has not the size that it needs, or what is written shares memory with another.</exception>
    /// <exception cref="ArgumentOutOfRangeException">H is less than 1, or N less than 0.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void RNN<T>(in RecurrentStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        RecurrentStepCheck<T, TanhCell<T>>.ThrowIfWrong(step);
        RecurrentLoop<T, TanhCell<T>>.Forward(step);
    }

    /// <summary>The way back of a step of RNN: <c>da = dh·(1 − h²)</c>.</summary>
    /// <inheritdoc cref="RNN"/>
    public static void RNNBackward<T>(in RecurrentStepBack<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        RecurrentStepCheck<T, TanhCell<T>>.ThrowIfWrong(step);
        RecurrentLoop<T, TanhCell<T>>.Backward(step);
    }

    /// <summary>A step of LSTM: <c>i, f, o = σ(a + b)</c>, <c>g = tanh(a + b)</c>, <c>c = f∗c⁻ + i∗g</c>, <c>h = o∗tanh c</c>; the gates in the order i, f, g, o.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="step">The step.</param>
    /// <exception cref="ArgumentException">An array has not the size that it needs, or what is written shares memory with another.</exception>
    /// <exception cref="ArgumentOutOfRangeException">H is less than 1, or N less than 0.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void LSTM<T>(in RecurrentStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        RecurrentStepCheck<T, LongShortTermCell<T>>.ThrowIfWrong(step);
        RecurrentLoop<T, LongShortTermCell<T>>.Forward(step);
    }

    /// <summary>The way back of a step of LSTM: <c>do = dh∗tanh c</c>, <c>dc += dh∗o∗(1 − tanh² c)</c>, <c>di = dc∗g</c>, <c>df = dc∗c⁻</c>, <c>dg = dc∗i</c>, <c>dc⁻ = dc∗f</c>, each gate's times its slope.</summary>
    /// <inheritdoc cref="LSTM"/>
    public static void LSTMBackward<T>(in RecurrentStepBack<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        RecurrentStepCheck<T, LongShortTermCell<T>>.ThrowIfWrong(step);
        RecurrentLoop<T, LongShortTermCell<T>>.Backward(step);
    }

    /// <summary>A step of GRU: <c>r, z = σ(a + u + b)</c>, <c>m = u + b′</c>, <c>n = tanh(a + b + r∗m)</c>, <c>h = (1 − z)∗n + z∗h⁻</c>, u being the recurrent product; the gates in the order r, z, n.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="step">The step.</param>
    /// <exception cref="ArgumentException">An array has not the size that it needs, or what is written shares memory with another.</exception>
    /// <exception cref="ArgumentOutOfRangeException">H is less than 1, or N less than 0.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void GRU<T>(in RecurrentStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        RecurrentStepCheck<T, GatedCell<T>>.ThrowIfWrong(step);
        RecurrentLoop<T, GatedCell<T>>.Forward(step);
    }

    /// <summary>The way back of a step of GRU: <c>dz = dh∗(h⁻ − n)</c>, <c>dn = dh∗(1 − z)</c>, <c>dm = dn∗r</c>, <c>dr = dn∗m</c>, each gate's times its slope, and <c>dh∗z</c> straight to h⁻.</summary>
    /// <inheritdoc cref="GRU"/>
    public static void GRUBackward<T>(in RecurrentStepBack<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        RecurrentStepCheck<T, GatedCell<T>>.ThrowIfWrong(step);
        RecurrentLoop<T, GatedCell<T>>.Backward(step);
    }
}
