using System.Numerics;
using NeuralNet.Core.Functions;

namespace NeuralNet.Layers.Activations;

/// <summary>The hyperbolic tangent, <c>tanh x</c>, with the local gradient <c>1 − tanh² x</c>.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X and Y <c>[N×D]</c>, any D. <b>Cached.</b> X and Y. <b>Parameters.</b> None.</para>
/// <para><b>Source.</b> CS231n lecture 4. <b>Threads.</b> See <see cref="Core.Layer{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Tanh<T>() : Activation<T, TanhFunction<T>>(default) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary><c>Tanh</c>.</summary>
    public override string ToString() => "Tanh";
}
