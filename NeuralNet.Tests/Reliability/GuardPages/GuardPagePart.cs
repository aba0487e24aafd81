using NeuralNet.Core.Kernels;
using NeuralNet.Tests.Reliability.Running;

namespace NeuralNet.Tests.Reliability.GuardPages;

/// <summary>Calls every kernel with buffers that begin or end at an inaccessible page. A read or write outside of them ends the process.</summary>
/// <remarks>Each case is run twice, at both ends of its pages, and must leave the same bits: so where a buffer lies does not matter either.
/// Memory that kernels take for themselves, to pack factors, is not between guard pages.</remarks>
internal sealed class GuardPagePart : Part
{
    private const int CasesPerRound = 1000;

    // Products have the most ways through their kernels.
    private const int ShareOfProducts = 2;

    /// <inheritdoc/>
    public override string Name => "guard-pages";

    /// <inheritdoc/>
    public override string Summary => "every kernel, its buffers directly behind and before inaccessible pages, at three vector widths";

    /// <inheritdoc/>
    public override IReadOnlyList<Variant> Variants { get; } =
    [
        new("widest vectors", Processors),
        new("without AVX-512", Processors, ("DOTNET_EnableAVX512", "0")),
        new("without AVX2", Processors, ("DOTNET_EnableAVX2", "0")),
    ];

    /// <inheritdoc/>
    public override string? Obstacle => OperatingSystem.IsLinux() ? null : "Guard pages are made by Linux's mmap and mprotect.";

    // So that kernels share their pieces on a machine with one processor as well.
    private static (string Name, string Value) Processors => ("DOTNET_PROCESSOR_COUNT", "2");

    /// <summary>The cases: of products, and all others.</summary>
    public static (KernelCase[] Products, KernelCase[] Others) Cases() =>
    (
        [.. ProductCases<float>.All, .. ProductCases<double>.All],
        [
            .. ElementwiseCases<float>.All, .. ElementwiseCases<double>.All,
            .. MatrixCases<float>.All, .. MatrixCases<double>.All, .. ConvolutionCases<float>.All, .. ConvolutionCases<double>.All, .. RecurrentCases<float>.All, .. RecurrentCases<double>.All,
            .. AttentionCases<float>.All, .. AttentionCases<double>.All, .. MemoryCases<float>.All, .. MemoryCases<double>.All,
        ]
    );

    /// <inheritdoc/>
    public override string Run(long seed, int rounds, CaseFile current)
    {
        (KernelCase[] products, KernelCase[] others) = Cases();
        using var arena = new Arena();
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < CasesPerRound; i++)
            {
                KernelCase[] kind = i % ShareOfProducts == 0 ? products : others;
                RunTwice(kind[i / ShareOfProducts % kind.Length], seed + round, i, arena, current);
            }
        }

        return $"{(int)Processor.WidestVector}-bit vectors, {(long)rounds * CasesPerRound} cases of {products.Length + others.Length} kernels, each at both ends of its pages";
    }

    private static void RunTwice(KernelCase kernel, long seed, int number, Arena arena, CaseFile current)
    {
        int first = Once(Placement.BehindAGuard), second = Once(Placement.BeforeAGuard);
        if (first != second)
        {
            throw new DefectException("the bits differ between buffers behind and before a guard page");
        }

        int Once(Placement placement)
        {
            current.Begin(seed, number, kernel.Name);
            current.Add(placement == Placement.BehindAGuard ? "behind" : "before", 1);
            arena.Begin(placement, unchecked(((ulong)seed << 32) + (ulong)number));
            kernel.Run(new Draws(current, seed, (ulong)number), arena);
            return arena.End();
        }
    }
}
