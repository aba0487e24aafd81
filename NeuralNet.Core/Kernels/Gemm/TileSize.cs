using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>The sizes that a tile can have, as types: the kernel of a tile is compiled for each, with its loops unrolled and its sums in registers. A type is
/// all that the JIT takes such a number from.</summary>
internal static class TileSize
{
    public readonly struct One : IConstant { public static int Value => 1; }

    public readonly struct Two : IConstant { public static int Value => 2; }

    public readonly struct Three : IConstant { public static int Value => 3; }

    public readonly struct Four : IConstant { public static int Value => 4; }

    public readonly struct Five : IConstant { public static int Value => 5; }

    public readonly struct Six : IConstant { public static int Value => 6; }

    public readonly struct Seven : IConstant { public static int Value => 7; }

    public readonly struct Eight : IConstant { public static int Value => 8; }

    public readonly struct Nine : IConstant { public static int Value => 9; }

    public readonly struct Ten : IConstant { public static int Value => 10; }

    public readonly struct Eleven : IConstant { public static int Value => 11; }

    public readonly struct Twelve : IConstant { public static int Value => 12; }
}
