using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>Writes the sums of a register tile into C: <c>C ← α·sum + β·C</c>, the last vector of a column under a mask where the tile ends.</summary>
internal readonly unsafe ref struct TileStore<T, TVector, TSimd, TRowVectors, TMasked>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
    where TRowVectors : struct, IConstant
    where TMasked : struct, IFlag
{
    private readonly TVector _alpha;
    private readonly TVector _beta;
    private readonly TVector _mask;
    private readonly bool _reads;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TileStore(T alpha, T beta, TVector mask)
    {
        _alpha = TSimd.Create(alpha);
        _beta = TSimd.Create(beta);
        _mask = mask;
        _reads = beta != T.Zero;
    }

    /// <summary>Writes a column of the tile.</summary>
    /// <param name="c">Its first element.</param>
    /// <param name="first">The sums of its first vector.</param>
    /// <param name="second">The sums of its second, where the tile is two vectors high.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Column(T* c, TVector first, TVector second)
    {
        if (TRowVectors.Value > 1)
        {
            Whole(c, first);
            Last(c + TSimd.Count, second);
        }
        else
        {
            Last(c, first);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Last(T* c, TVector sum)
    {
        if (!TMasked.Value)
        {
            Whole(c, sum);
            return;
        }

        TVector value = TSimd.Multiply(_alpha, sum);
        TSimd.Store(c, _reads ? TSimd.MultiplyAdd(_beta, TSimd.Load(c, _mask), value) : value, _mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Whole(T* c, TVector sum)
    {
        TVector value = TSimd.Multiply(_alpha, sum);
        TSimd.Store(c, _reads ? TSimd.MultiplyAdd(_beta, TSimd.Load(c), value) : value);
    }
}
