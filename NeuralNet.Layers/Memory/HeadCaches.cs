using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Layers.Memory;

/// <summary>The caches and buffers of a head in one step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Head">Which of all heads, from 0.</param>
/// <param name="FirstPart">The first of the caches of the gates behind the affine map.</param>
/// <param name="FirstSlot">The first of the buffers.</param>
internal readonly record struct HeadCaches<T>(MachineStep<T> Step, int Head, int FirstPart, int FirstSlot) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How many caches there are, without that of the affine map.</summary>
    public const int Parts = 4;

    /// <summary>How many buffers there are.</summary>
    public const int Slots = 6;

    /// <summary>The cache of the affine map.</summary>
    public Cache<T> Affine => Step.Affine(Head);

    /// <summary>The cache of the key.</summary>
    public Cache<T> Key => Step.Cache[FirstPart];

    /// <summary>The cache of the weighting.</summary>
    public Cache<T> Address => Step.Cache[FirstPart + 1];

    /// <summary>The cache of what is erased.</summary>
    public Cache<T> Erased => Step.Cache[FirstPart + 2];

    /// <summary>The cache of what is added.</summary>
    public Cache<T> Added => Step.Cache[FirstPart + 3];

    /// <summary>How much the locations are like the key <c>[N×R]</c>.</summary>
    public Matrix<T> Similarity => OfLocations(0);

    /// <summary>The weighting <c>[N×R]</c>.</summary>
    public Matrix<T> Weights => OfLocations(1);

    /// <summary>The gradient by the weighting.</summary>
    public Matrix<T> OfWeights => OfLocations(2);

    /// <summary>The gradient by the key <c>[N×W]</c>.</summary>
    public Matrix<T> OfKey => OfEntries(3);

    /// <summary>The gradient by what is erased <c>[N×W]</c>.</summary>
    public Matrix<T> OfErased => OfEntries(4);

    /// <summary>The gradient by what is added <c>[N×W]</c>.</summary>
    public Matrix<T> OfAdded => OfEntries(5);

    /// <summary>The gradient by the weighting that the step behind sends; then that for the step before.</summary>
    public Matrix<T> Carried => Step.Carried(Head);

    /// <summary>Whether there is no step before.</summary>
    public bool IsFirst => Step.IsFirst;

    /// <summary>Whether there is no step behind.</summary>
    public bool IsLast => Step.IsLast;

    private Matrix<T> OfLocations(int slot) => Step.Cache.Buffer(FirstSlot + slot, Step.Samples, Step.Machine.Locations);

    private Matrix<T> OfEntries(int slot) => Step.Cache.Buffer(FirstSlot + slot, Step.Samples, Step.Machine.Width);
}
