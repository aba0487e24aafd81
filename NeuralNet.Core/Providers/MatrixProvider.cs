using System.Numerics;
using NeuralNet.Core.Kernels.RowsAndColumns;

namespace NeuralNet.Core.Providers;

/// <summary>
/// The one seam through which every matrix product goes: <c>C ← α·op(A)·op(B) + β·C + 1·b</c>, column-major, in float and double.
/// </summary>
/// <remarks>Products are asked for by <see cref="MatrixProduct"/>, which checks them, and computed by <see cref="MatrixProviders.Active"/>.
/// Source of the convention: the GEMM of the Level 3 BLAS (Dongarra et al. 1990). With β = 0, C is written and never read.
/// Providers can be called from several threads.</remarks>
public abstract class MatrixProvider
{
    private protected MatrixProvider()
    {
    }

    /// <summary>The name by which it is chosen: <c>simd</c>, <c>mkl</c>, <c>openblas</c>, <c>managed</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it is, in a few words: version, library, vector width, threads.</summary>
    public abstract string Description { get; }

    /// <summary>Computes a product whose sizes, 0 included, and spans have been checked.</summary>
    internal void Multiply<T>(in Product<T> product) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (product.Inner > 0 && product.Rows > 0 && product.Columns > 0)
        {
            // A virtual call of a generic method looks its target up, for some 20 ns; of a sealed type it is a plain call.
            if (this is SimdProvider simd)
            {
                simd.Gemm(product);
            }
            else
            {
                Gemm(product);
            }
        }
        else if (product.Rows > 0)
        {
            // An empty sum is zero: what remains of the formula is C ← β·C + 1·b.
            Scale(product);
            Rows.AddToEach(product.C, product.Rows, product.StrideC, product.Bias);
        }
    }

    /// <summary>Computes several products of one shape, which have been checked, in any order.</summary>
    /// <param name="first">The first product, whose spans go on to the end of the last's matrices.</param>
    /// <param name="batch">The others.</param>
    internal void Multiply<T>(in Product<T> first, ProductBatch batch) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (first.Inner > 0 && first.Rows > 0 && first.Columns > 0)
        {
            GemmBatch(first, batch);
            return;
        }

        for (int i = 0; i < batch.Count && first.Rows > 0 && first.Columns > 0; i++)
        {
            Multiply(first.At(0, 0, i * batch.StepC));
        }
    }

    /// <summary>The product. All sizes are at least 1 and the spans long enough; T is float or double.</summary>
    private protected abstract void Gemm<T>(in Product<T> product) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Several products, one after another unless the provider has a better way.</summary>
    private protected virtual void GemmBatch<T>(in Product<T> first, ProductBatch batch) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < batch.Count; i++)
        {
            Gemm(first.At(i * batch.StepA, i * batch.StepB, i * batch.StepC));
        }
    }

    private static void Scale<T>(in Product<T> product) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int j = 0; j < product.Columns; j++)
        {
            Beta.Apply(product.C.Slice(j * product.StrideC, product.Rows), product.Beta);
        }
    }
}
