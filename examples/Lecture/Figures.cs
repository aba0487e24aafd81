using NeuralNet.Core.Graphs;

namespace NeuralNet.Examples.Lecture;

/// <summary>Prints computed numbers beside what they must be, and counts those that differ.</summary>
internal sealed class Figures(string? folder)
{
    private string _source = "";
    private int _topics;
    private int _compared;
    private int _wrong;

    /// <summary>Starts a topic.</summary>
    /// <param name="row">Its number.</param>
    /// <param name="title">What it is about.</param>
    /// <param name="source">Where its figures come from.</param>
    public void Topic(string row, string title, string source = "lecture")
    {
        _topics++;
        _source = source;
        Console.WriteLine($"\n{row}  {title}\n{new string('─', row.Length + 2 + title.Length)}");
    }

    /// <summary>Draws a circuit on the terminal and, if a folder was given, as a picture.</summary>
    public void Draw(Graph<double> graph, string name)
    {
        Console.WriteLine(graph.Draw().ToText());
        if (folder is not null)
        {
            string file = Path.Combine(folder, $"{name}.svg");
            File.WriteAllText(file, graph.Draw().ToSvg());
            Console.WriteLine($"  picture: {file}\n");
        }
    }

    /// <summary>Compares a number, to half a unit of the last decimal that the source gives.</summary>
    public void Compare(string what, double computed, double expected, int decimals = 0) =>
        Line(what, $"{computed:0.######}", $"{expected}", Math.Abs(computed - expected) <= 0.5 * Math.Pow(10, -decimals) * (decimals == 0 ? 1e-9 : 1.0001));

    /// <summary>Compares a matrix, entry by entry, to 12 digits.</summary>
    public void Compare(string what, Matrix<double> computed, double[,] figure)
    {
        Matrix<double> expected = Matrix<double>.Build.DenseOfArray(figure);
        bool isSame = computed.RowCount == expected.RowCount && computed.ColumnCount == expected.ColumnCount && (computed - expected).InfinityNorm() < 1e-12;
        Line(what, Text(computed), Text(expected), isSame);
    }

    /// <summary>Compares what is no number.</summary>
    public void Compare(string what, string computed, string expected) => Line(what, computed, expected, computed == expected);

    /// <summary>Notes something that must hold.</summary>
    public void Expect(string what, bool holds) => Line(what, holds ? "yes" : "no", "yes", holds);

    /// <summary>Says whether all agreed.</summary>
    /// <returns>The exit code.</returns>
    public int Report()
    {
        Console.WriteLine();
        Console.WriteLine(_wrong == 0 ? $"{_compared} figures of {_topics} topics compared\nall figures agree" : $"{_wrong} of {_compared} figures are off");
        return _wrong == 0 ? 0 : 1;
    }

    private void Line(string what, string computed, string expected, bool isSame)
    {
        _compared++;
        _wrong += isSame ? 0 : 1;
        Console.WriteLine($"  {what,-34} {computed,-34} {_source}: {expected,-28} {(isSame ? "✓" : "OFF")}");
    }

    private static string Text(Matrix<double> matrix) =>
        $"[{string.Join("; ", matrix.EnumerateRows().Select(row => string.Join(" ", row.Select(value => $"{value:0.####}"))))}]";
}
