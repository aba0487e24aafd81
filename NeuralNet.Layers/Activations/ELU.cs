using System.Numerics;
using NeuralNet.Core.Functions;

namespace NeuralNet.Layers.Activations;

/// <summary>The exponential linear unit: <c>x</c> above zero and <c>α(e^x − 1)</c> elsewhere, with the local gradient 1 above zero and <c>αe^x</c> elsewhere.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X and Y <c>[N×D]</c>, any D. <b>Cached.</b> X and Y. <b>Parameters.</b> None.</para>
/// <para><b>Source.</b> CS231n lecture 4; Clevert, Unterthiner and Hochreiter (2016), equation 15. <b>Threads.</b> See <see cref="Core.Layer{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="alpha">The constant α, any number; 1 by default. Far below zero the output is −α.</param>
public sealed class ELU<T>(double alpha = 1) : Activation<T, ELUFunction<T>>(new(T.CreateChecked(alpha)))
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The constant α, any number; 1 by default. Far below zero the output is −α.</summary>
    public double Alpha => alpha;

    /// <summary><c>ELU(1)</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"ELU({alpha})");
}
