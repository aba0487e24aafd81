using NeuralNet.Core.Randomness;
using NeuralNet.Tests.Reliability.Running;

namespace NeuralNet.Tests.Reliability.GuardPages;

/// <summary>The sizes and settings of one call of a kernel: random, the same for the same seed and case, and told as they are drawn.</summary>
internal sealed class Draws(CaseFile current, long seed, ulong number)
{
    private readonly Philox _random = new(seed, number);

    /// <summary>A number from 0 to <paramref name="below"/> − 1.</summary>
    public int Below(string name, int below)
    {
        int value = _random.Next(below);
        current.Add(name, value);
        return value;
    }

    /// <summary>Yes or no.</summary>
    public bool Flag(string name) => Below(name, 2) == 1;

    /// <summary>A length: mostly of a few vectors, now and then one that threads share.</summary>
    public int Length(string name, int most) => Size(name, 0, Math.Min(most, _random.Next(20) switch { 0 => most, < 4 => 2000, _ => 150 }));

    /// <summary>Rows and columns of a matrix, both 0 or more: mostly small, now and then long and thin, or large enough that threads share it.</summary>
    public (int Rows, int Columns) Matrix(int leastRows = 0)
    {
        (int rows, int columns) = _random.Next(16) switch
        {
            0 => (5000, 12),
            1 => (12, 5000),
            2 => (300, 300),
            < 6 => (100, 100),
            _ => (40, 40),
        };
        return (Size("rows", leastRows, rows), Size("columns", 0, columns));
    }

    /// <summary>Rows, columns and steps of a product: from 0 to 40, now and then long in one direction, or large in all.</summary>
    public (int Rows, int Columns, int Inner) Product()
    {
        int most = _random.Next(256) switch { 0 => 700, < 12 => 200, < 32 => 80, _ => 40 };
        int rows = most, columns = most, inner = most;
        if (most == 40 && _random.Next(12) == 0)
        {
            _ = _random.Next(3) switch { 0 => rows = 4500, 1 => columns = 2500, _ => inner = 2500 };
        }

        return (Size("rows", 0, rows), Size("columns", 0, columns), Size("inner", 0, inner));
    }

    /// <summary>Elements from one column to the next beyond those of a column: mostly none.</summary>
    public int Gap(string name) => Math.Max(0, Below(name, 12) - 7);

    /// <summary>A factor: 0, 1 or another number.</summary>
    public double Factor(string name) => Below(name, 4) switch { 0 => -0.5, 1 => 0, _ => 1 };

    /// <summary>As many elements as a matrix with gaps has, without the one behind its last column.</summary>
    public static int LengthOf(int rows, int columns, int stride) => rows == 0 || columns == 0 ? 0 : ((columns - 1) * stride) + rows;

    private int Size(string name, int least, int most)
    {
        int value = least + _random.Next(most + 1 - least);
        current.Add(name, value);
        return value;
    }
}
