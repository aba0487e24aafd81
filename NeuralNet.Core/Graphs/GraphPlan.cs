using System.Numerics;

namespace NeuralNet.Core.Graphs;

/// <summary>What is known of a graph before it runs: the order of its nodes, which are numbers, and which need a gradient.</summary>
internal static class GraphPlan
{
    /// <summary>All nodes in topological order, defined nodes resolved. To be called when nodes were added.</summary>
    /// <exception cref="InvalidOperationException">A declared node has no definition.</exception>
    public static int[] OrderOf<T>(NodeStore<T> store) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int node = 0; node < store.Count; node++)
        {
            foreach (ref int input in store.InputsOf(node))
            {
                input = store.Resolve(input);
            }
        }

        return TopologicalOrder.Of(store);
    }

    /// <summary>Sees which gates give numbers.</summary>
    public static void MarkNumbers<T>(NodeStore<T> store, ReadOnlySpan<int> order) where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (int node in order)
        {
            ref NodeRecord<T> record = ref store.Records[node];
            if (record.Gate is not null)
            {
                record.IsNumber = record.Gate.TakesNumbers;
                foreach (int input in store.InputsOf(node))
                {
                    record.IsNumber &= store.Records[input].IsNumber;
                }
            }
        }
    }

    /// <summary>Marks what needs a gradient: parameters, gates that have some, and what depends on one of them or on a node that is marked already.</summary>
    /// <param name="store">The nodes.</param>
    /// <param name="order">Those that are evaluated, in order.</param>
    /// <param name="needs">By node; the variables are marked.</param>
    public static void MarkNeeds<T>(NodeStore<T> store, ReadOnlySpan<int> order, bool[] needs) where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (int node in order)
        {
            ref NodeRecord<T> record = ref store.Records[node];
            needs[node] |= record.Kind == NodeKind.Parameter || record.Gate is { HasParameters: true };
            foreach (int input in store.InputsOf(node))
            {
                needs[node] |= needs[input];
            }
        }
    }
}
