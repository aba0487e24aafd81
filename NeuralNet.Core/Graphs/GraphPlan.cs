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

    /// <summary>Which nodes need a gradient, by node.</summary>
    public static bool[] NeedsOf<T>(NodeStore<T> store) where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool[] needs = new bool[store.Count];
        for (int node = 0; node < needs.Length; node++)
        {
            needs[node] = store.Records[node].NeedsGradient;
        }

        return needs;
    }

    /// <summary>Sees which gates give numbers, and behind which a variable or a parameter stands.</summary>
    public static void Settle<T>(NodeStore<T> store, ReadOnlySpan<int> order) where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (int node in order)
        {
            ref NodeRecord<T> record = ref store.Records[node];
            if (record.Gate is not null)
            {
                bool areNumbers = true;
                record.NeedsGradient = record.Gate.HasParameters;
                foreach (int input in store.InputsOf(node))
                {
                    areNumbers &= store.Records[input].IsNumber;
                    record.NeedsGradient |= store.Records[input].NeedsGradient;
                }

                record.IsNumber = areNumbers && record.Gate.TakesNumbers;
            }
        }
    }
}
