using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary>As many samples as a vector has elements, or fewer under a mask; or one sample alone, whose columns lie side by side.</summary>
/// <remarks>Of several samples a vector holds one column, and each element is a sample of its own. A sample alone is cut into vectors, the
/// last one under a mask, and what is gathered of its columns is united at the end.</remarks>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TSimd">Its operations.</typeparam>
/// <typeparam name="TMasked">Whether there are fewer samples than a vector has elements.</typeparam>
/// <typeparam name="TAcross">Whether it is one sample alone.</typeparam>
/// <param name="stride">Elements from one vector to the next: the matrix's rows, or the vector's length for a sample alone.</param>
/// <param name="steps">Vectors, without the last part of a sample alone.</param>
/// <param name="mask">The samples' mask, or that of the last part of a sample alone.</param>
/// <param name="count">The samples; of a sample alone, the elements in its last part.</param>
internal readonly unsafe struct SampleVector<T, TVector, TSimd, TMasked, TAcross>(nint stride, nint steps, TVector mask, int count)
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
    where TMasked : struct, IFlag
    where TAcross : struct, IFlag
{
    /// <summary>How many samples there are.</summary>
    public int Count => TAcross.Value ? 1 : count;

    /// <summary>The largest number of each sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Largest(T* matrix)
    {
        TVector largest = Over<LargestStep<T>>(TSimd.Create(T.NegativeInfinity), matrix, null, null, default, default);
        return TAcross.Value ? TSimd.Create(TSimd.Max(largest)) : largest;
    }

    /// <summary>Goes over the columns with a step that adds to its state.</summary>
    /// <param name="first">The first matrix.</param>
    /// <param name="second">The second, where the step has one.</param>
    /// <param name="target">The matrix to be written, where the step does; may be one of the others.</param>
    /// <param name="a">A number for each sample.</param>
    /// <returns>The sum of each sample.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Sum<TStep>(T* first, T* second, T* target, TVector a) where TStep : struct, IColumnStep<T>
    {
        TVector sum = Over<TStep>(default, first, second, target, a, default);
        return TAcross.Value ? TSimd.Create(TSimd.Sum(sum)) : sum;
    }

    /// <summary>Goes over the columns with a step that writes.</summary>
    /// <param name="first">The first matrix.</param>
    /// <param name="second">The second, where the step has one.</param>
    /// <param name="target">The matrix to be written; may be one of the others.</param>
    /// <param name="a">A number for each sample.</param>
    /// <param name="b">Another.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write<TStep>(T* first, T* second, T* target, TVector a, TVector b) where TStep : struct, IColumnStep<T> =>
        Over<TStep>(default, first, second, target, a, b);

    /// <summary>Reads a number for each sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Load(T* source) => TAcross.Value ? TSimd.Create(*source) : TMasked.Value ? TSimd.Load(source, mask) : TSimd.Load(source);

    /// <summary>Writes a number for each sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* target, TVector value)
    {
        if (TMasked.Value || TAcross.Value)
        {
            TSimd.Store(target, value, TAcross.Value ? TSimd.Mask(1) : mask);
        }
        else
        {
            TSimd.Store(target, value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Over<TStep>(TVector state, T* first, T* second, T* target, TVector a, TVector b)
        where TStep : struct, IColumnStep<T>
    {
        nint i = 0;
        for (nint step = 0; step < steps; step++, i += stride)
        {
            TVector x = TMasked.Value ? TSimd.Load(first + i, mask) : TSimd.Load(first + i);
            TVector y = !TStep.HasSecond ? default : TMasked.Value ? TSimd.Load(second + i, mask) : TSimd.Load(second + i);
            TVector result = TStep.Apply<TVector, TSimd>(ref state, x, y, a, b);
            if (TStep.Writes && TMasked.Value)
            {
                TSimd.Store(target + i, result, mask);
            }
            else if (TStep.Writes)
            {
                TSimd.Store(target + i, result);
            }
        }

        if (TAcross.Value && count > 0)
        {
            TVector next = state;
            TVector y = TStep.HasSecond ? TSimd.Load(second + i, mask) : default;
            TVector result = TStep.Apply<TVector, TSimd>(ref next, TSimd.Load(first + i, mask), y, a, b);
            state = TSimd.Select(mask, next, state);
            if (TStep.Writes)
            {
                TSimd.Store(target + i, result, mask);
            }
        }

        return state;
    }
}
