using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>Writes the sums of a register tile into C: <c>C ← α·sum + β·C + b</c>, the last vector of a column under a mask.</summary>
internal readonly unsafe ref struct TileStore<T, TVector, TSimd, TRowVectors>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
    where TRowVectors : struct, IConstant
{
    private readonly TVector _alpha;
    private readonly TVector _beta;
    private readonly TVector _mask;
    private readonly T* _bias;
    private readonly bool _isWhole;
    private readonly bool _reads;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TileStore(T alpha, T beta, T* bias, int rows)
    {
        int rowsInLast = rows - ((TRowVectors.Value - 1) * TSimd.Count);
        _alpha = TSimd.Create(alpha);
        _beta = TSimd.Create(beta);
        _bias = bias;
        _reads = beta != T.Zero;
        _isWhole = rowsInLast == TSimd.Count;
        _mask = TSimd.Mask(rowsInLast);
    }

    /// <summary>Writes a column of the tile.</summary>
    /// <param name="c">Its first element.</param>
    /// <param name="column">Which column of the tile it is.</param>
    /// <param name="first">The sums of its first vector.</param>
    /// <param name="second">The sums of its second, where the tile is two vectors high.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Column(T* c, int column, TVector first, TVector second)
    {
        if (TRowVectors.Value > 1)
        {
            Whole(c, column, first);
            Last(c + TSimd.Count, column, second);
        }
        else
        {
            Last(c, column, first);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Last(T* c, int column, TVector sum)
    {
        if (_isWhole)
        {
            Whole(c, column, sum);
            return;
        }

        TVector value = Scaled(column, sum);
        TSimd.Store(c, _reads ? TSimd.MultiplyAdd(_beta, TSimd.Load(c, _mask), value) : value, _mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Whole(T* c, int column, TVector sum)
    {
        TVector value = Scaled(column, sum);
        TSimd.Store(c, _reads ? TSimd.MultiplyAdd(_beta, TSimd.Load(c), value) : value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Scaled(int column, TVector sum) =>
        _bias is null ? TSimd.Multiply(_alpha, sum) : TSimd.MultiplyAdd(_alpha, sum, TSimd.Create(_bias[column]));
}
