using System.Numerics;
using NeuralNet.Core.Kernels.Gemm;
using NeuralNet.Core.Operations;

namespace NeuralNet.Core.Kernels.Attention;

/// <summary>Where the panels of a pass lie, and which keys a block of queries looks at.</summary>
/// <param name="Shape">How many there are and of which sizes.</param>
/// <param name="Query">Q, panel after panel, <c>[queries×d]</c> each.</param>
/// <param name="Key">K, <c>[keys×d]</c> each, columns and panels as far apart as the shape says.</param>
/// <param name="Value">V, as K.</param>
/// <param name="Presence">For each key of each sample, <c>[N×keys]</c>, whether it is there (not 0); null where all are.</param>
internal readonly unsafe record struct AttentionPanels<T>(AttentionShape Shape, nint Query, nint Key, nint Value, nint Presence)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The factor of the scores, <c>1/√d</c>.</summary>
    public T Scale { get; } = T.One / T.Sqrt(T.CreateChecked(Shape.Width));

    /// <summary>Multiply-adds of one product of all panels.</summary>
    public long Operations => (long)Shape.Panels * Shape.Queries * Shape.Keys * Shape.Width;

    /// <summary>Queries of a block: small enough that its scores stay in the nearest caches, and that of a causal block little is computed in vain.</summary>
    public int BlockLength => Shape.IsCausal ? 32 : 64;

    /// <summary>Blocks of queries of a panel.</summary>
    public int Blocks => ((Shape.Queries - 1) / BlockLength) + 1;

    /// <summary>Keys that the queries before <paramref name="end"/> look at.</summary>
    public int KeysOf(int end) => Shape.IsCausal ? Shape.Keys - Shape.Queries + end : Shape.Keys;

    /// <summary>Q of a panel, seen query after query.</summary>
    public T* QueryOf(int panel) => (T*)Query + ((nint)panel * Shape.Queries * Shape.Width);

    /// <summary>K of a panel.</summary>
    public T* KeyOf(int panel) => (T*)Key + (panel * (nint)Shape.KeyStep);

    /// <summary>V of a panel.</summary>
    public T* ValueOf(int panel) => (T*)Value + (panel * (nint)Shape.KeyStep);

    /// <summary><c>α·A·B</c> or <c>α·A·B + C</c>, by the calling thread.</summary>
    public static PinnedProduct<T> Product(int rows, int columns, int inner, T alpha, Operand<T> a, Operand<T> b, T beta, T* c, nint strideC) =>
        new(rows, columns, inner, alpha, beta, a, b, c, strideC, null);

    /// <summary>Before the softmax of a block: −∞ where a query must not look.</summary>
    /// <param name="scores">The scores of the block, <c>[count×keys]</c>.</param>
    /// <param name="stride">Elements from one column to the next.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="first">The block's first query.</param>
    /// <param name="count">Its queries.</param>
    /// <param name="keys">The keys that it looks at.</param>
    public void Hide(T* scores, nint stride, int panel, int first, int count, int keys)
    {
        if (Shape.IsCausal)
        {
            int diagonal = Shape.Keys - Shape.Queries + first;
            for (int key = diagonal + 1; key < keys; key++)
            {
                new Span<T>(scores + (key * stride), key - diagonal).Fill(T.NegativeInfinity);
            }
        }

        if (Presence == 0)
        {
            return;
        }

        T* presence = (T*)Presence + (panel % Shape.Samples);
        for (int key = 0; key < keys; key++)
        {
            if (presence[(nint)key * Shape.Samples] == T.Zero)
            {
                new Span<T>(scores + (key * stride), count).Fill(T.NegativeInfinity);
            }
        }
    }
}
