using System.Numerics;
using NeuralNet.Core.Kernels.Memory;

namespace NeuralNet.Tests.Reliability.GuardPages;

/// <summary>The kernels of memories and of weightings of their locations.</summary>
internal static class MemoryCases<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T Epsilon = T.CreateChecked(1e-8);

    /// <summary>The cases.</summary>
    public static IEnumerable<KernelCase> All =>
    [
        new(Named("similarity"), typeof(SimilarityForward<>), OfMemory((shape, _, memory) =>
            SimilarityForward<T>.Run(shape, memory.All(), memory.OfWidth(), memory.OfLocations(), Epsilon))),
        new(Named("similarity back"), typeof(SimilarityGradients<>), OfMemory((shape, draws, memory) =>
            SimilarityGradients<T>.Run(shape, memory.OfLocations(), memory.All(), memory.OfWidth(), Or(draws, "of memory", memory.All), draws.Flag("adds"), Or(draws, "of key", memory.OfWidth), Epsilon))),
        new(Named("read"), typeof(ReadForward<>), OfMemory((shape, _, memory) => ReadForward<T>.Run(shape, memory.All(), memory.OfLocations(), memory.OfWidth()))),
        new(Named("read back"), typeof(ReadGradients<>), OfMemory((shape, draws, memory) =>
            ReadGradients<T>.Run(shape, memory.OfWidth(), memory.All(), memory.OfLocations(), Or(draws, "of memory", memory.All), draws.Flag("adds"), Or(draws, "of weights", memory.OfLocations)))),
        new(Named("write"), typeof(WriteForward<>), OfMemory((shape, _, memory) =>
            WriteForward<T>.Run(shape, memory.All(), memory.OfLocations(), memory.OfWidth(), memory.OfWidth(), memory.All()))),
        new(Named("write back"), typeof(WriteGradients<>), OfMemory((shape, draws, memory) => WriteGradients<T>.Run(
            shape, memory.All(), memory.All(), memory.OfLocations(), memory.OfWidth(), memory.OfWidth(), Or(draws, "of memory", memory.All), memory.OfLocations(), memory.OfWidth(),
            memory.OfWidth()))),
        new(Named("scaled rows"), typeof(RowScaleForward<>), OfRows((rows, columns, _, of) => RowScaleForward<T>.Run(rows, columns, of(columns), of(1), of(columns)))),
        new(Named("scaled rows back"), typeof(RowScaleGradients<>), OfRows((rows, columns, draws, of) => RowScaleGradients<T>.Run(
            rows, columns, of(columns), of(columns), of(1), Or(draws, "of rows", () => of(columns)), Or(draws, "of factors", () => of(1))))),
        new(Named("interpolation"), typeof(InterpolateForward<>), OfRows((rows, columns, _, of) => InterpolateForward<T>.Run(rows, columns, of(1), of(columns), of(columns), of(columns)))),
        new(Named("interpolation back"), typeof(InterpolateGradients<>), OfRows((rows, columns, draws, of) => InterpolateGradients<T>.Run(
            rows, columns, of(columns), of(1), of(columns), of(columns), Or(draws, "of shares", () => of(1)), Or(draws, "of first", () => of(columns)),
            Or(draws, "of second", () => of(columns))))),
        new(Named("shift"), typeof(ShiftForward<>), OfRows((rows, columns, draws, of) =>
        {
            int shifts = Shifts(draws, columns);
            ShiftForward<T>.Run(rows, columns, shifts, of(columns), of(shifts), of(columns));
        })),
        new(Named("shift back"), typeof(ShiftGradients<>), OfRows((rows, columns, draws, of) =>
        {
            int shifts = Shifts(draws, columns);
            ShiftGradients<T>.Run(rows, columns, shifts, of(columns), of(columns), of(shifts), Or(draws, "of weights", () => of(columns)), Or(draws, "of shares", () => of(shifts)));
        })),
        new(Named("sharpening"), typeof(SharpenForward<>), OfRows((rows, columns, _, of) => SharpenForward<T>.Run(rows, columns, of(columns), of(1), of(columns)))),
        new(Named("sharpening back"), typeof(SharpenGradients<>), OfRows((rows, columns, draws, of) => SharpenGradients<T>.Run(
            rows, columns, of(columns), of(columns), of(1), of(columns), Or(draws, "of weights", () => of(columns)), Or(draws, "of powers", () => of(1))))),
    ];

    private delegate Span<T> Numbers();

    private delegate Span<T> NumbersOf(int columns);

    private static string Named(string name) => $"{name}<{typeof(T).Name}>";

    private static Span<T> Or(Draws draws, string name, Numbers numbers) => draws.Flag(name) ? numbers() : [];

    // An odd number of shares, at most the locations.
    private static int Shifts(Draws draws, int locations) => 1 + (2 * draws.Below("further shifts", Math.Min(4, (locations + 1) / 2)));

    private static Action<Draws, Arena> OfMemory(Action<MemoryShape, Draws, Blocks> run) => (draws, arena) =>
    {
        var shape = new MemoryShape(1 + draws.Below("further samples", 40), 1 + draws.Below("further locations", 20), 1 + draws.Below("further columns", 12));
        run(shape, draws, new Blocks(arena, shape));
    };

    private static Action<Draws, Arena> OfRows(Action<int, int, Draws, NumbersOf> run) => (draws, arena) =>
    {
        int rows = 1 + draws.Below("further rows", 70), columns = 1 + draws.Below("further columns", 20);
        run(rows, columns, draws, count => arena.Numbers<T>(rows * count));
    };

    /// <summary>Blocks of memory as large as the parts of a shape.</summary>
    private sealed class Blocks(Arena arena, MemoryShape shape)
    {
        public Span<T> All() => arena.Numbers<T>(shape.Samples * shape.Locations * shape.Width);

        public Span<T> OfLocations() => arena.Numbers<T>(shape.Samples * shape.Locations);

        public Span<T> OfWidth() => arena.Numbers<T>(shape.Samples * shape.Width);
    }
}
