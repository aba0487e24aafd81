using System.Numerics;

namespace NeuralNet.Core.Kernels.Simd;

/// <summary>
/// The vector operations that the kernels are written in, so that each kernel stands once for every width and element type.
/// </summary>
/// <remarks>The vector is a type parameter of its own, not a wrapper, so that the JIT keeps it in a register.
/// Methods are one or two instructions where the width is supported and nothing else is said.</remarks>
/// <typeparam name="TVector">The vector, such as <c>Vector512&lt;float&gt;</c>.</typeparam>
/// <typeparam name="T">The element, float or double.</typeparam>
internal unsafe interface ISimd<TVector, T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Elements in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>How many columns a register tile of two vectors' height can have without spilling.</summary>
    static abstract int TileColumns { get; }

    /// <summary>All elements the same.</summary>
    static abstract TVector Create(T value);

    /// <summary>All elements a constant of the code, rounded to the element type.</summary>
    static abstract TVector Constant(double value);

    /// <summary>Reads a whole vector.</summary>
    static abstract TVector Load(T* source);

    /// <summary>Writes a whole vector.</summary>
    static abstract void Store(T* target, TVector value);

    /// <summary>A mask that is set in the first <paramref name="count"/> elements.</summary>
    static abstract TVector Mask(int count);

    /// <summary>Reads the elements under the mask, zeros elsewhere; memory outside the mask is not touched.</summary>
    static abstract TVector Load(T* source, TVector mask);

    /// <summary>Writes the elements under the mask; memory outside the mask is not touched.</summary>
    static abstract void Store(T* target, TVector value, TVector mask);

    /// <summary>Asks for the cache line of an address, where the CPU takes such hints.</summary>
    static abstract void Prefetch(T* address);

    /// <summary><c>a + b</c>.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary><c>a − b</c>.</summary>
    static abstract TVector Subtract(TVector a, TVector b);

    /// <summary><c>a·b</c>.</summary>
    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary><c>a / b</c>.</summary>
    static abstract TVector Divide(TVector a, TVector b);

    /// <summary><c>√a</c>, rounded correctly; NaN of a negative number.</summary>
    static abstract TVector SquareRoot(TVector a);

    /// <summary>The larger of each two; NaN where one of them is.</summary>
    static abstract TVector Max(TVector a, TVector b);

    /// <summary>The value where it lies between the bounds, else the nearer bound; NaN stays NaN.</summary>
    static abstract TVector Clamp(TVector value, TVector low, TVector high);

    /// <summary><c>|x|</c>.</summary>
    static abstract TVector Abs(TVector value);

    /// <summary>The magnitude of one with the sign of another, also that of a zero.</summary>
    static abstract TVector CopySign(TVector magnitude, TVector sign);

    /// <summary>A mask that is set where <c>a &gt; b</c>; not set where one of them is NaN.</summary>
    static abstract TVector GreaterThan(TVector a, TVector b);

    /// <summary>The first value where the mask is set, the second elsewhere.</summary>
    static abstract TVector Select(TVector mask, TVector set, TVector notSet);

    /// <summary><c>2^n</c> for whole n whose power is a normal number.</summary>
    static abstract TVector PowerOfTwo(TVector exponent);

    /// <summary><c>x·2^n</c> for whole n and x near 1, rounded once, also where the result is subnormal or infinite.</summary>
    static abstract TVector Scale(TVector value, TVector exponent);

    /// <summary><c>e^x</c> to about 1 unit in the last place, e^0 = 1 exactly; some tens of instructions.</summary>
    static abstract TVector Exp(TVector value);

    /// <summary>The natural logarithm; some tens of instructions.</summary>
    static abstract TVector Log(TVector value);

    /// <summary><c>a·b + c</c>, in one rounding where the CPU has that.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary><c>max(0, x)</c>; NaN stays NaN.</summary>
    static abstract TVector Rectify(TVector value);

    /// <summary>The sum of all elements.</summary>
    static abstract T Sum(TVector value);

    /// <summary>The largest of all elements; NaN where one of them is.</summary>
    static abstract T Max(TVector value);
}
