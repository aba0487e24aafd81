namespace NeuralNet.Training.Metrics;

/// <summary>Scores of samples in several columns, kept until they are ranked. Its arrays grow by doubling and stay when it is cleared.</summary>
/// <param name="score">What is made of the ranks.</param>
internal sealed class Ranking(RankingScore score)
{
    private double[] _scores = [];
    private int[] _labels = [];
    private double[] _weights = [];
    private int _columns;
    private int _count;
    private bool _hasNaN;

    /// <summary>Forgets all samples.</summary>
    /// <param name="columns">Scores a sample from here on.</param>
    public void Clear(int columns) => (_columns, _count, _hasNaN) = (columns, 0, false);

    /// <summary>Adds a sample.</summary>
    /// <param name="scores">One for each column.</param>
    /// <param name="label">Its class.</param>
    /// <param name="weight">What it counts, above 0.</param>
    public void Add(ReadOnlySpan<double> scores, int label, double weight)
    {
        int needed = checked((_count + 1) * _columns);
        if (_labels.Length == _count)
        {
            int capacity = Math.Max(256, checked(2 * _count));
            Array.Resize(ref _labels, capacity);
            Array.Resize(ref _weights, capacity);
        }

        if (_scores.Length < needed)
        {
            Array.Resize(ref _scores, Math.Max(needed, checked(_labels.Length * _columns)));
        }

        scores.CopyTo(_scores.AsSpan(_count * _columns));
        (_labels[_count], _weights[_count]) = (label, weight);
        _count++;
        foreach (double value in scores)
        {
            _hasNaN |= double.IsNaN(value);
        }
    }

    /// <summary>All that was added, as numbers: of each sample its class, its weight and its scores.</summary>
    public double[] Save()
    {
        int size = _columns + 2;
        var numbers = new double[checked(_count * size)];
        for (int i = 0; i < _count; i++)
        {
            (numbers[i * size], numbers[(i * size) + 1]) = (_labels[i], _weights[i]);
            _scores.AsSpan(i * _columns, _columns).CopyTo(numbers.AsSpan((i * size) + 2));
        }

        return numbers;
    }

    /// <summary>Adds what <see cref="Save"/> gave.</summary>
    /// <returns>False where the numbers are none of as many columns; nothing was added then.</returns>
    public bool TryRestore(ReadOnlySpan<double> numbers)
    {
        int size = _columns + 2;
        if (numbers.Length % size != 0)
        {
            return false;
        }

        for (; numbers.Length > 0; numbers = numbers[size..])
        {
            Add(numbers[2..size], (int)numbers[0], numbers[1]);
        }

        return true;
    }

    /// <summary>The score of one column, whose positive samples are those of a class; NaN where one of the scores is.</summary>
    /// <param name="column">Column of the scores.</param>
    /// <param name="positive">The class.</param>
    public double Of(int column, int positive)
    {
        if (_hasNaN)
        {
            return double.NaN;
        }

        var keys = new double[_count];
        var order = new int[_count];
        for (int i = 0; i < _count; i++)
        {
            // Negated, so that the largest comes first.
            (keys[i], order[i]) = (-_scores[(i * _columns) + column], i);
        }

        Array.Sort(keys, order);
        (double sum, double tp, double fp) = (0, 0, 0);
        for (int i = 0; i < _count;)
        {
            (double tpBefore, double fpBefore, double key) = (tp, fp, keys[i]);
            for (; i < _count && keys[i] == key; i++)
            {
                double weight = _weights[order[i]];
                tp += _labels[order[i]] == positive ? weight : 0;
                fp += _labels[order[i]] == positive ? 0 : weight;
            }

            sum += score.Step(tpBefore, fpBefore, tp, fp);
        }

        return sum / score.Whole(tp, fp);
    }
}
