using System.Numerics;
using NeuralNet.Core.Functions;

namespace NeuralNet.Layers.Activations;

/// <summary>The logistic function, <c>σ(x) = 1 / (1 + e^−x)</c>, with the local gradient <c>(1 − σ)·σ</c>.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X and Y <c>[N×D]</c>, any D. <b>Cached.</b> X and Y. <b>Parameters.</b> None.</para>
/// <para><b>Source.</b> CS231n lecture 4, the sigmoid gate. <b>Threads.</b> See <see cref="Core.Layer{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Sigmoid<T>() : Activation<T, SigmoidFunction<T>>(default) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary><c>Sigmoid</c>.</summary>
    public override string ToString() => "Sigmoid";
}
