using System.Numerics;

namespace NeuralNet.Training.Metrics;

/// <summary>Precision, recall or F1 of classes, averaged over them: what <see cref="Precision{T}"/>, <see cref="Recall{T}"/> and <see cref="F1{T}"/>
/// have in common.</summary>
/// <remarks>
/// <para>Averaged over all classes of the predictions, or over those that the constructor is given: all but "outside" for the tags of entities. A
/// sample of a class that is
/// not among them still counts where it was predicted as one that is.</para>
/// <para>A class that was never predicted has precision 0, one without samples recall 0, and both count in the mean: scikit-learn with
/// <c>labels=range(C)</c> and
/// <c>zero_division=0</c>. (Without <c>labels</c> scikit-learn leaves out classes that neither occur nor were predicted.)</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class ClassScoreMetric<T> : ConfusionMetric<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ClassScore _score;
    private readonly int[]? _chosen;

    private protected ClassScoreMetric(ClassScore score, Average average, IEnumerable<int>? classes)
    {
        string prefix = average switch
        {
            Average.Macro => "macro",
            Average.Micro => "micro",
            Average.Weighted => "weighted",
            _ => throw new ArgumentOutOfRangeException(nameof(average), average, $"There is no average {average}."),
        };
        _chosen = classes?.ToArray();
        if (_chosen is not null && (_chosen.Length == 0 || _chosen.Min() < 0 || _chosen.Distinct().Count() != _chosen.Length))
        {
            throw new ArgumentException(
                $"The average of {score.Name} needs at least one class, each once and 0 or more, got [{string.Join(", ", _chosen)}].", nameof(classes));
        }

        (_score, Average) = (score, average);
        string name = $"{prefix} {score.Name}";
        Name = _chosen is null ? name : $"{name} of classes {string.Join(", ", _chosen)}";
    }

    /// <summary>How the classes become one number.</summary>
    public Average Average { get; }

    /// <summary>The average and the score, <c>macro F1</c>, and the classes where some were chosen.</summary>
    public sealed override string Name { get; }

    /// <inheritdoc/>
    public sealed override bool IsHigherBetter => true;

    /// <summary>The score of one class.</summary>
    /// <param name="label">The class, 0 to C−1, also one that is not averaged over.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    /// <exception cref="InvalidOperationException">Nothing was added.</exception>
    public double OfClass(int label) => _score.Of(this[label, label], PredictedCountOf(label), CountOf(label));

    /// <inheritdoc/>
    protected sealed override void Start(int columns)
    {
        if (_chosen is not null && _chosen.Max() >= columns)
        {
            throw new ArgumentException($"{Title} needs at least {_chosen.Max() + 1} classes, got predictions of {columns}.", nameof(columns));
        }

        base.Start(columns);
    }

    /// <inheritdoc/>
    protected sealed override double ValueCore()
    {
        (double hits, double predicted, double actual, double sum, double weighted) = (0, 0, 0, 0, 0);
        int count = _chosen?.Length ?? Classes;
        for (int i = 0; i < count; i++)
        {
            int label = _chosen?[i] ?? i;
            double score = OfClass(label);
            sum += score;
            weighted += score * CountOf(label);
            hits += this[label, label];
            predicted += PredictedCountOf(label);
            actual += CountOf(label);
        }

        return Average switch
        {
            Average.Macro => sum / count,
            Average.Micro => _score.Of(hits, predicted, actual),
            _ => actual > 0 ? weighted / actual : 0,
        };
    }
}
