using System.Numerics;

namespace NeuralNet.Core.Graphs;

/// <summary>The order in which a graph is evaluated: every node behind all its inputs. Iterative, linear in nodes and inputs.</summary>
internal static class TopologicalOrder
{
    /// <summary>All nodes in topological order, by depth-first search; nodes that were added in such an order keep it.</summary>
    /// <exception cref="InvalidOperationException">A declared node has no definition.</exception>
    public static int[] Of<T>(NodeStore<T> store) where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool[] done = new bool[store.Count];
        var order = new List<int>(store.Count);
        var path = new Stack<(int Node, int NextInput)>();
        for (int start = 0; start < store.Count; start++)
        {
            // A defined node is left to the node that stands for it.
            if (store.Records[start].Definition < 0)
            {
                Visit(store, start, done, order, path);
            }
        }

        return [.. order];
    }

    /// <summary>Which nodes a root depends on, itself included.</summary>
    public static bool[] Behind<T>(NodeStore<T> store, ReadOnlySpan<int> order, int root) where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool[] isBehind = new bool[store.Count];
        isBehind[root] = true;
        for (int position = order.Length - 1; position >= 0; position--)
        {
            foreach (int input in store.InputsOf(order[position]))
            {
                isBehind[input] |= isBehind[order[position]];
            }
        }

        return isBehind;
    }

    /// <summary>The nodes on a way from one node back to another that it depends on, both included; empty where there is no such way.</summary>
    public static List<int> Path<T>(NodeStore<T> store, int from, int to) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var reachedFrom = new Dictionary<int, int> { [from] = from };
        var open = new Stack<int>([from]);
        while (open.TryPop(out int node) && node != to)
        {
            foreach (int input in store.InputsOf(node))
            {
                int next = store.Resolve(input);
                if (reachedFrom.TryAdd(next, node))
                {
                    open.Push(next);
                }
            }
        }

        List<int> path = [];
        for (int node = to; reachedFrom.TryGetValue(node, out int previous); node = previous)
        {
            path.Insert(0, node);
            if (node == from)
            {
                break;
            }
        }

        return path;
    }

    private static void Visit<T>(NodeStore<T> store, int start, bool[] done, List<int> order, Stack<(int Node, int NextInput)> path)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        path.Push((start, 0));
        while (path.TryPop(out (int Node, int NextInput) top))
        {
            (int node, int next) = top;
            ReadOnlySpan<int> inputs = store.InputsOf(node);
            while (next < inputs.Length && done[inputs[next]])
            {
                next++;
            }

            if (next < inputs.Length)
            {
                path.Push((node, next + 1));
                path.Push((inputs[next], 0));
            }
            else if (!done[node])
            {
                if (store.Records[node].Kind == NodeKind.Declared)
                {
                    throw new InvalidOperationException($"{store.Label(node)} was declared and is used, but was never defined. Call Define for it.");
                }

                done[node] = true;
                order.Add(node);
            }
        }
    }
}
