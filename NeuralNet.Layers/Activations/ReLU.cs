using System.Numerics;
using NeuralNet.Core.Functions;

namespace NeuralNet.Layers.Activations;

/// <summary>The rectifier, <c>max(0, x)</c>, with the local gradient 1 where x &gt; 0 and 0 elsewhere.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X and Y <c>[N×D]</c>, any D. <b>Cached.</b> X and Y. <b>Parameters.</b> None.</para>
/// <para><b>Source.</b> CS231n lecture 4; Nair and Hinton (2010). <b>Threads.</b> See <see cref="Core.Layer{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ReLU<T>() : Activation<T, ReLUFunction<T>>(default) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary><c>ReLU</c>.</summary>
    public override string ToString() => "ReLU";
}
