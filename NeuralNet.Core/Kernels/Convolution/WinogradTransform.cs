using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Convolution;

/// <summary>The transformations of a tile, of one vector of samples: each entry of a tile is a vector.</summary>
internal static unsafe class WinogradTransform<T, TVector, TSimd>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    /// <summary><c>V ← Bᵀ·x·B</c> of 4×4 positions of the source.</summary>
    /// <typeparam name="TMasked">Whether there are fewer samples than a vector has.</typeparam>
    /// <param name="source">The first position.</param>
    /// <param name="right">Elements to the position beside it.</param>
    /// <param name="below">Elements to the position below it.</param>
    /// <param name="mask">Which samples there are.</param>
    /// <param name="target">The first entry.</param>
    /// <param name="stride">Elements from one entry to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Source<TMasked>(T* source, nint right, nint below, TVector mask, T* target, nint stride) where TMasked : struct, IFlag
    {
        Row<TMasked>(source, right, mask, out TVector a0, out TVector a1, out TVector a2, out TVector a3);
        Row<TMasked>(source + below, right, mask, out TVector b0, out TVector b1, out TVector b2, out TVector b3);
        Row<TMasked>(source + (2 * below), right, mask, out TVector c0, out TVector c1, out TVector c2, out TVector c3);
        Write<TMasked>(TSimd.Subtract(a0, c0), TSimd.Subtract(a1, c1), TSimd.Subtract(a2, c2), TSimd.Subtract(a3, c3), mask, target, stride);
        Write<TMasked>(TSimd.Add(b0, c0), TSimd.Add(b1, c1), TSimd.Add(b2, c2), TSimd.Add(b3, c3), mask, target + (4 * stride), stride);
        Write<TMasked>(TSimd.Subtract(c0, b0), TSimd.Subtract(c1, b1), TSimd.Subtract(c2, b2), TSimd.Subtract(c3, b3), mask, target + (8 * stride), stride);
        Row<TMasked>(source + (3 * below), right, mask, out c0, out c1, out c2, out c3);
        Write<TMasked>(TSimd.Subtract(b0, c0), TSimd.Subtract(b1, c1), TSimd.Subtract(b2, c2), TSimd.Subtract(b3, c3), mask, target + (12 * stride), stride);
    }

    /// <summary><c>Z ← A·dy·Aᵀ</c> of the gradients by 2×2 positions of the target.</summary>
    /// <typeparam name="TMasked">Whether there are fewer samples than a vector has.</typeparam>
    /// <param name="upstream">The first position.</param>
    /// <param name="right">Elements to the position beside it; 0 where there is none.</param>
    /// <param name="below">Elements to the position below it; 0 where there is none.</param>
    /// <param name="mask">Which samples there are.</param>
    /// <param name="target">The first entry.</param>
    /// <param name="stride">Elements from one entry to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Upstream<TMasked>(T* upstream, nint right, nint below, TVector mask, T* target, nint stride) where TMasked : struct, IFlag
    {
        TVector a0 = Load<TMasked>(upstream, mask), a1 = right != 0 ? Load<TMasked>(upstream + right, mask) : default;
        TVector b0 = below != 0 ? Load<TMasked>(upstream + below, mask) : default;
        TVector b1 = below != 0 && right != 0 ? Load<TMasked>(upstream + below + right, mask) : default;
        Spread<TMasked>(a0, a1, mask, target, stride);
        Spread<TMasked>(TSimd.Add(a0, b0), TSimd.Add(a1, b1), mask, target + (4 * stride), stride);
        Spread<TMasked>(TSimd.Subtract(a0, b0), TSimd.Subtract(a1, b1), mask, target + (8 * stride), stride);
        Spread<TMasked>(TSimd.Subtract(default, b0), TSimd.Subtract(default, b1), mask, target + (12 * stride), stride);
    }

    /// <summary><c>y ← Aᵀ·m·A + b</c>: the 2×2 positions of the target of a tile of products.</summary>
    /// <typeparam name="TMasked">Whether there are fewer samples than a vector has.</typeparam>
    /// <param name="products">The first entry.</param>
    /// <param name="stride">Elements from one entry to the next.</param>
    /// <param name="bias">b.</param>
    /// <param name="mask">Which samples there are.</param>
    /// <param name="target">The first of the positions.</param>
    /// <param name="right">Elements to the position beside it; 0 where there is none.</param>
    /// <param name="below">Elements to the position below it; 0 where there is none.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Target<TMasked>(T* products, nint stride, TVector bias, TVector mask, T* target, nint right, nint below) where TMasked : struct, IFlag
    {
        TVector r0 = bias, r1 = bias, s0 = bias, s1 = bias;
        Column<TMasked>(products, stride, mask, out TVector top, out TVector bottom);
        r0 = TSimd.Add(r0, top);
        s0 = TSimd.Add(s0, bottom);
        Column<TMasked>(products + stride, stride, mask, out top, out bottom);
        (r0, r1) = (TSimd.Add(r0, top), TSimd.Add(r1, top));
        (s0, s1) = (TSimd.Add(s0, bottom), TSimd.Add(s1, bottom));
        Column<TMasked>(products + (2 * stride), stride, mask, out top, out bottom);
        (r0, r1) = (TSimd.Add(r0, top), TSimd.Subtract(r1, top));
        (s0, s1) = (TSimd.Add(s0, bottom), TSimd.Subtract(s1, bottom));
        Column<TMasked>(products + (3 * stride), stride, mask, out top, out bottom);
        r1 = TSimd.Subtract(r1, top);
        s1 = TSimd.Subtract(s1, bottom);
        Store<TMasked>(target, r0, mask);
        if (right != 0)
        {
            Store<TMasked>(target + right, r1, mask);
        }

        if (below != 0)
        {
            Store<TMasked>(target + below, s0, mask);
            if (right != 0)
            {
                Store<TMasked>(target + below + right, s1, mask);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<TMasked>(T* source, nint right, TVector mask, out TVector x0, out TVector x1, out TVector x2, out TVector x3) where TMasked : struct, IFlag
    {
        x0 = Load<TMasked>(source, mask);
        x1 = Load<TMasked>(source + right, mask);
        x2 = Load<TMasked>(source + (2 * right), mask);
        x3 = Load<TMasked>(source + (3 * right), mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TMasked>(TVector x0, TVector x1, TVector x2, TVector x3, TVector mask, T* target, nint stride) where TMasked : struct, IFlag
    {
        Store<TMasked>(target, TSimd.Subtract(x0, x2), mask);
        Store<TMasked>(target + stride, TSimd.Add(x1, x2), mask);
        Store<TMasked>(target + (2 * stride), TSimd.Subtract(x2, x1), mask);
        Store<TMasked>(target + (3 * stride), TSimd.Subtract(x1, x3), mask);
    }

    // A times two numbers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread<TMasked>(TVector x0, TVector x1, TVector mask, T* target, nint stride) where TMasked : struct, IFlag
    {
        Store<TMasked>(target, x0, mask);
        Store<TMasked>(target + stride, TSimd.Add(x0, x1), mask);
        Store<TMasked>(target + (2 * stride), TSimd.Subtract(x0, x1), mask);
        Store<TMasked>(target + (3 * stride), TSimd.Subtract(default, x1), mask);
    }

    // A column of products: what it adds to the upper and to the lower positions.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Column<TMasked>(T* products, nint stride, TVector mask, out TVector top, out TVector bottom) where TMasked : struct, IFlag
    {
        TVector x0 = Load<TMasked>(products, mask), x1 = Load<TMasked>(products + (4 * stride), mask);
        TVector x2 = Load<TMasked>(products + (8 * stride), mask), x3 = Load<TMasked>(products + (12 * stride), mask);
        top = TSimd.Add(TSimd.Add(x0, x1), x2);
        bottom = TSimd.Subtract(TSimd.Subtract(x1, x2), x3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load<TMasked>(T* source, TVector mask) where TMasked : struct, IFlag => TMasked.Value ? TSimd.Load(source, mask) : TSimd.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TMasked>(T* target, TVector value, TVector mask) where TMasked : struct, IFlag
    {
        if (TMasked.Value)
        {
            TSimd.Store(target, value, mask);
        }
        else
        {
            TSimd.Store(target, value);
        }
    }
}
