using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training;

/// <summary>A gate in a network with the cache of its part of a pass.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Cache">Its cache, which holds a pass of it.</param>
/// <param name="Position">Names from the outermost gate inwards, joined by dots; empty for the network itself.</param>
internal sealed record NonFinitePart<T>(Gate<T> Gate, Cache<T> Cache, string Position) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The first part of a pass that gives a number that is not finite.</summary>
    /// <param name="network">The gate whose pass it is; its own inputs are known to be finite.</param>
    /// <param name="cache">Its cache.</param>
    public static NonFiniteFinding? First(Gate<T> network, Cache<T> cache)
    {
        if (IsFinite(network, cache, null))
        {
            return null;
        }

        // Parts inside before those around them. What makes bad numbers of good ones is the cause, wherever it stands; then what was given bad ones.
        NonFinitePart<T>[] parts = [.. Inside(new NonFinitePart<T>(network, cache, ""))];
        NonFinitePart<T> part = Array.Find(parts, part => !part.HasFiniteOutput() && part.BadInput() is null)
            ?? Array.Find(parts, part => part.BadInput() is not null)
            ?? parts[^1];
        return part.BadInput() is { } input
            ? NonFiniteFinding.In(
                $"The first numbers that are not finite are an input of {part}", input, "No layer gave them: it is a constant, or what the gate around it has computed.")
            : part.Finding();
    }

    /// <summary>The inputs of the pass that a cache holds; none of one on numbers.</summary>
    public static ReadOnlySpan<Matrix<T>> InputsOf(Gate<T> gate, Cache<T> cache)
    {
        ReadOnlySpan<Matrix<T>> kept = cache.Recall(gate);
        return kept.IsEmpty ? [] : kept[..^1];
    }

    /// <inheritdoc/>
    public override string ToString() => Position.Length == 0 ? $"{Gate}" : $"layer {Position}, {Gate}";

    private NonFiniteFinding Finding()
    {
        const string Advice = "Its inputs and all parameters are finite, so the numbers have grown too large in it, or it is not defined there: "
            + "lower the learning rate, start with smaller weights, or scale the data.";
        string what = $"The first output that is not finite is that of {this}";
        ReadOnlySpan<Matrix<T>> kept = Cache.Recall(Gate);
        return kept.IsEmpty
            ? NonFiniteFinding.In(what, Matrix<T>.Build.Dense(1, Cache.RecallScalars(Gate).Length, Cache.RecallScalars(Gate).ToArray()), Advice)
            : NonFiniteFinding.In(what, kept[^1], Advice);
    }

    private static IEnumerable<NonFinitePart<T>> Inside(NonFinitePart<T> part)
    {
        IReadOnlyList<NamedGate<T>> children = part.Gate.Children;
        for (int i = 0; i < children.Count; i++)
        {
            if (HoldsPassOf(children[i].Gate, part.Cache[i]))
            {
                string position = part.Position.Length == 0 ? children[i].Name : $"{part.Position}.{children[i].Name}";
                foreach (NonFinitePart<T> inner in Inside(new NonFinitePart<T>(children[i].Gate, part.Cache[i], position)))
                {
                    yield return inner;
                }
            }
        }

        yield return part;
    }

    // A cache may hold parts that another network left there, longer than this one or with other gates at the same places.
    private static bool HoldsPassOf(Gate<T> gate, Cache<T> cache) => ReferenceEquals(cache.Owner, gate);

    // Each matrix once where gates follow each other: the input of one is the output of the one before.
    private static bool IsFinite(Gate<T> gate, Cache<T> cache, Matrix<T>? known)
    {
        ReadOnlySpan<Matrix<T>> inputs = InputsOf(gate, cache);
        foreach (Matrix<T> input in inputs)
        {
            if (!ReferenceEquals(input, known) && !NonFiniteSearch.IsFinite<T>(input.AsSpan()))
            {
                return false;
            }
        }

        known = inputs.IsEmpty ? known : inputs[0];
        IReadOnlyList<NamedGate<T>> children = gate.Children;
        for (int i = 0; i < children.Count; i++)
        {
            if (HoldsPassOf(children[i].Gate, cache[i]))
            {
                if (!IsFinite(children[i].Gate, cache[i], known))
                {
                    return false;
                }

                ReadOnlySpan<Matrix<T>> ofChild = cache[i].Recall(children[i].Gate);
                known = ofChild.IsEmpty ? known : ofChild[^1];
            }
        }

        ReadOnlySpan<Matrix<T>> kept = cache.Recall(gate);
        return kept.IsEmpty
            ? NonFiniteSearch.IsFinite(cache.RecallScalars(gate))
            : ReferenceEquals(kept[^1], known) || NonFiniteSearch.IsFinite<T>(kept[^1].AsSpan());
    }

    private bool HasFiniteOutput()
    {
        ReadOnlySpan<Matrix<T>> kept = Cache.Recall(Gate);
        return kept.IsEmpty ? NonFiniteSearch.IsFinite(Cache.RecallScalars(Gate)) : NonFiniteSearch.IsFinite<T>(kept[^1].AsSpan());
    }

    private Matrix<T>? BadInput()
    {
        foreach (Matrix<T> input in InputsOf(Gate, Cache))
        {
            if (!NonFiniteSearch.IsFinite<T>(input.AsSpan()))
            {
                return input;
            }
        }

        return null;
    }
}
