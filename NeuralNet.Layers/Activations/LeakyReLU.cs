using System.Numerics;
using NeuralNet.Core.Functions;

namespace NeuralNet.Layers.Activations;

/// <summary>The leaky rectifier: <c>x</c> above zero and <c>s·x</c> elsewhere, with the local gradient 1 above zero and s elsewhere.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X and Y <c>[N×D]</c>, any D. <b>Cached.</b> X and Y. <b>Parameters.</b> None.</para>
/// <para><b>Source.</b> CS231n lecture 4; Maas, Hannun and Ng (2013). <b>Threads.</b> See <see cref="Core.Layer{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="slope">The slope s at and below zero, any number; 0.01 by default.</param>
public sealed class LeakyReLU<T>(double slope = 0.01) : Activation<T, LeakyReLUFunction<T>>(new(T.CreateChecked(slope)))
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The slope s at and below zero, any number; 0.01 by default.</summary>
    public double Slope => slope;

    /// <summary><c>LeakyReLU(0.01)</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"LeakyReLU({slope})");
}
