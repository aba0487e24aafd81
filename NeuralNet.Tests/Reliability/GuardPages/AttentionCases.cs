using System.Numerics;
using NeuralNet.Core.Kernels.Attention;
using NeuralNet.Core.Operations;

namespace NeuralNet.Tests.Reliability.GuardPages;

/// <summary>The kernels of attention.</summary>
internal static class AttentionCases<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The cases.</summary>
    public static IEnumerable<KernelCase> All =>
    [
        new(Named("heads gathered"), typeof(HeadCopy<>), (draws, arena) => Copy(draws, arena, toPanels: true)),
        new(Named("heads scattered"), typeof(HeadCopy<>), (draws, arena) => Copy(draws, arena, toPanels: false)),
        new(Named("rotation"), typeof(Rotation<>), Rotate),
        new(Named("attention"), typeof(AttentionForward<>), Forward),
        new(Named("attention back"), typeof(AttentionBackward<>), Backward),
    ];

    private static string Named(string name) => $"{name}<{typeof(T).Name}>";

    private static void Copy(Draws draws, Arena arena, bool toPanels)
    {
        int samples = 1 + draws.Below("further samples", 40), steps = 1 + draws.Below("further steps", 70), width = 1 + draws.Below("further columns", 9);
        int channels = width * (1 + draws.Below("further heads", 4)), length = samples * steps * channels;
        HeadCopy<T>.Run(toPanels, arena.Numbers<T>(length), samples, channels, width, arena.Numbers<T>(length));
    }

    private static void Rotate(Draws draws, Arena arena)
    {
        int panels = 1 + draws.Below("further panels", 10), steps = 1 + draws.Below("further steps", 70), pairs = 1 + draws.Below("further pairs", 9);
        int first = draws.Below("first", 5), context = first + steps + draws.Below("context", 5);
        Rotation<T>.Run(
            arena.Numbers<T>(panels * steps * 2 * pairs), panels, 2 * pairs, arena.Numbers<T>(context * pairs), arena.Numbers<T>(context * pairs), first, draws.Flag("back"));
    }

    private static void Forward(Draws draws, Arena arena)
    {
        AttentionShape shape = Shape(draws);
        int queries = shape.Panels * shape.Queries * shape.Width;
        Span<T> query = arena.Numbers<T>(queries), key = arena.Numbers<T>(shape.Panels * shape.KeyStep), value = arena.Numbers<T>(shape.Panels * shape.KeyStep);
        Span<T> presence = draws.Flag("presence") ? arena.Numbers<T>(shape.Samples * shape.Keys) : [];
        for (int i = 0; i < presence.Length; i += 3)
        {
            presence[i] = T.Zero;
        }

        Span<T> probabilities = draws.Flag("kept") ? arena.Numbers<T>(shape.Panels * shape.Queries * shape.Keys) : [];
        AttentionForward<T>.Run(shape, query, key, value, presence, probabilities, arena.Numbers<T>(queries));
    }

    private static void Backward(Draws draws, Arena arena)
    {
        AttentionShape shape = Shape(draws);
        shape = shape with { KeyStride = shape.Keys };
        int queries = shape.Panels * shape.Queries * shape.Width, keys = shape.Panels * shape.KeyStep;
        AttentionBackward<T>.Run(
            shape, arena.Numbers<T>(queries), arena.Numbers<T>(keys), arena.Numbers<T>(keys), arena.Numbers<T>(shape.Panels * shape.Queries * shape.Keys), arena.Numbers<T>(queries),
            arena.Numbers<T>(queries), arena.Numbers<T>(keys), arena.Numbers<T>(keys));
    }

    private static AttentionShape Shape(Draws draws)
    {
        int queries = 1 + draws.Below("further queries", 80), keys = queries + draws.Below("further keys", 20);
        return new AttentionShape(
            1 + draws.Below("further samples", 4), 1 + draws.Below("further heads", 3), queries, keys, 1 + draws.Below("further columns", 40), draws.Flag("causal"))
        {
            KeyStride = keys + draws.Gap("gap"),
        };
    }
}
