namespace NeuralNet.Core.Graphs.Drawings;

/// <summary>
/// Places a graph in columns from left to right: every gate behind its inputs, long wires through points in the columns between, few
/// crossings, and each box near the middle of what it is joined to.
/// </summary>
/// <remarks>The method is that of Sugiyama, Tagawa and Toda (1981); the heights are least squares with gaps kept, by pooling neighbours.</remarks>
internal sealed class LayeredLayout
{
    private const int Sweeps = 12;

    private readonly List<List<LayoutBox>> _columns = [];

    /// <summary>Places boxes, one for each node, that come in topological order.</summary>
    /// <param name="boxes">The boxes; receive their places.</param>
    /// <param name="inputs">The inputs of each, as positions in the list.</param>
    /// <param name="columnGap">The room between columns, beside what boxes need before them.</param>
    /// <param name="rowGap">The room between boxes of a column.</param>
    public LayeredLayout(IReadOnlyList<LayoutBox> boxes, IReadOnlyList<int[]> inputs, double columnGap, double rowGap)
    {
        AssignColumns(boxes, inputs);
        AddToColumns(boxes, inputs);
        Untangle();
        PlaceColumns(columnGap);
        PlaceRows(rowGap);
    }

    /// <summary>All boxes, points of wires included, by column from top to bottom.</summary>
    public IReadOnlyList<IReadOnlyList<LayoutBox>> Columns => _columns;

    // A gate stands right behind the last of its inputs, a leaf right before the first gate that uses it.
    private static void AssignColumns(IReadOnlyList<LayoutBox> boxes, IReadOnlyList<int[]> inputs)
    {
        var firstUse = new Dictionary<int, int>();
        for (int i = 0; i < boxes.Count; i++)
        {
            boxes[i].Column = inputs[i].Length == 0 ? 0 : 1 + inputs[i].Max(input => boxes[input].Column);
            foreach (int input in inputs[i])
            {
                firstUse[input] = Math.Min(firstUse.GetValueOrDefault(input, int.MaxValue), boxes[i].Column);
            }
        }

        foreach ((int input, int column) in firstUse.Where(use => inputs[use.Key].Length == 0))
        {
            boxes[input].Column = column - 1;
        }
    }

    // Columns are filled depth first from the roots, so that the inputs of a gate lie in their order; trees have no crossings then.
    private void AddToColumns(IReadOnlyList<LayoutBox> boxes, IReadOnlyList<int[]> inputs)
    {
        var wires = new Dictionary<(int Node, int Column), LayoutBox>();

        // The last of those that are not placed is always a root: what uses it would stand behind it, and have placed it.
        var open = new Stack<int>(Enumerable.Range(0, boxes.Count));
        bool[] isPlaced = new bool[boxes.Count];
        while (open.TryPop(out int node))
        {
            if (isPlaced[node])
            {
                continue;
            }

            isPlaced[node] = true;
            Add(boxes[node]);
            foreach (int input in inputs[node])
            {
                LayoutBox before = WireEnd(boxes[input], boxes[node].Column - 1, wires, input);
                before.To.Add(boxes[node]);
                boxes[node].From.Add(before);
            }

            foreach (int input in inputs[node].Reverse())
            {
                open.Push(input);
            }
        }
    }

    // The point of a node's wire in a column: the node itself, or a point that the wire is led through. Branches share it.
    private LayoutBox WireEnd(LayoutBox source, int column, Dictionary<(int Node, int Column), LayoutBox> wires, int node)
    {
        LayoutBox end = source;
        for (int next = source.Column + 1; next <= column; next++)
        {
            if (!wires.TryGetValue((node, next), out LayoutBox? point))
            {
                point = new LayoutBox { Width = 0, Above = 8, Below = 8, Column = next };
                wires[(node, next)] = point;
                Add(point);
                end.To.Add(point);
                point.From.Add(end);
            }

            end = point;
        }

        return end;
    }

    private void Add(LayoutBox box)
    {
        while (_columns.Count <= box.Column)
        {
            _columns.Add([]);
        }

        _columns[box.Column].Add(box);
    }

    // Sorts each column by the middle of its neighbours, to and fro, and keeps the order with the fewest crossings.
    private void Untangle()
    {
        List<List<LayoutBox>> best = Copy(_columns);
        int fewest = Crossings();
        for (int sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            bool isForward = sweep % 2 == 0;
            for (int k = 1; k < _columns.Count; k++)
            {
                int column = isForward ? k : _columns.Count - 1 - k;
                Dictionary<LayoutBox, int> rank = Ranks(_columns[isForward ? column - 1 : column + 1]);
                Dictionary<LayoutBox, int> own = Ranks(_columns[column]);
                _columns[column] = [.. _columns[column].OrderBy(box => (isForward ? MiddleBefore(box, rank) : MiddleBehind(box, rank)) ?? own[box])];
            }

            int crossings = Crossings();
            if (crossings < fewest)
            {
                (best, fewest) = (Copy(_columns), crossings);
            }
        }

        _columns.Clear();
        _columns.AddRange(best);
    }

    private int Crossings()
    {
        int crossings = 0;
        for (int column = 1; column < _columns.Count; column++)
        {
            Dictionary<LayoutBox, int> rank = Ranks(_columns[column - 1]);
            int[] ends = [.. _columns[column].SelectMany(box => box.From.Select(from => rank[from]))];
            for (int i = 0; i < ends.Length; i++)
            {
                crossings += ends[i..].Count(end => end < ends[i]);
            }
        }

        return crossings;
    }

    private void PlaceColumns(double gap)
    {
        double x = 0;
        foreach (List<LayoutBox> column in _columns)
        {
            double start = x;
            x += column.Max(box => box.Before);
            double end = x + column.Max(box => box.Width);
            column.ForEach(box => (box.ColumnStart, box.X, box.ColumnEnd) = (start, x, end));
            x = end + gap;
        }
    }

    private void PlaceRows(double gap)
    {
        foreach (List<LayoutBox> column in _columns)
        {
            PlaceColumn(column, gap, _ => null);
        }

        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            foreach (List<LayoutBox> column in sweep % 2 == 0 ? _columns : Enumerable.Reverse(_columns))
            {
                PlaceColumn(column, gap, box => box.From.Concat(box.To).Average(neighbour => (double?)neighbour.Y));
            }
        }

        // Last a pass that looks back only, so that chains run straight.
        foreach (List<LayoutBox> column in _columns)
        {
            PlaceColumn(column, gap, box => box.From.Average(from => (double?)from.Y) ?? box.Y);
        }
    }

    // Least squares to the wished heights with the gaps kept: neighbours that would overlap are pooled and moved as one.
    private static void PlaceColumn(List<LayoutBox> column, double gap, Func<LayoutBox, double?> wish)
    {
        var pools = new List<(double Sum, int Count)>();
        double offset = 0;
        double[] offsets = new double[column.Count];
        for (int i = 0; i < column.Count; i++)
        {
            offset += i == 0 ? 0 : column[i - 1].Below + gap + column[i].Above;
            offsets[i] = offset;
            pools.Add(((wish(column[i]) ?? 0) - offset, 1));
            while (pools.Count > 1 && pools[^2].Sum / pools[^2].Count > pools[^1].Sum / pools[^1].Count)
            {
                pools[^2] = (pools[^2].Sum + pools[^1].Sum, pools[^2].Count + pools[^1].Count);
                pools.RemoveAt(pools.Count - 1);
            }
        }

        int next = 0;
        foreach ((double sum, int count) in pools)
        {
            for (int end = next + count; next < end; next++)
            {
                column[next].Y = sum / count + offsets[next];
            }
        }
    }

    private static double? MiddleBefore(LayoutBox box, Dictionary<LayoutBox, int> rank) =>
        box.From.Average(from => (double?)rank[from]);

    // Which input of a gate a wire goes to counts a little, so that the inputs lie in their order.
    private static double? MiddleBehind(LayoutBox box, Dictionary<LayoutBox, int> rank) =>
        box.To.Average(to => (double?)rank[to] + (to.From.IndexOf(box) / (to.From.Count + 1.0)));

    private static Dictionary<LayoutBox, int> Ranks(List<LayoutBox> column) =>
        column.Select((box, index) => (box, index)).ToDictionary(pair => pair.box, pair => pair.index);

    private static List<List<LayoutBox>> Copy(List<List<LayoutBox>> columns) => [.. columns.Select(column => column.ToList())];
}
