using System.Globalization;
using System.Numerics;
using NeuralNet.Core.Text;

namespace NeuralNet.Training.Metrics;

/// <summary>How often each class was predicted (column) for samples of each class (row). Its number is the share on the diagonal, the accuracy.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ConfusionMatrix<T> : ConfusionMetric<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly string[]? _names;

    /// <summary>A matrix of nothing yet.</summary>
    /// <param name="names">The names of the classes in order, for the table; null (the default) for their numbers.</param>
    /// <exception cref="ArgumentException">A name is null.</exception>
    public ConfusionMatrix(IEnumerable<string>? names = null)
    {
        _names = names?.ToArray();
        if (_names?.Contains(null!) ?? false)
        {
            throw new ArgumentException("A class of the confusion matrix has a name that is null.", nameof(names));
        }
    }

    /// <summary><c>accuracy by confusion matrix</c>.</summary>
    public override string Name => "accuracy by confusion matrix";

    /// <inheritdoc/>
    public override bool IsHigherBetter => true;

    /// <summary>The matrix as text: a row for each right class, a column for each predicted one, and a column "none" where some rows were NaN alone.</summary>
    /// <exception cref="InvalidOperationException">Nothing was added.</exception>
    public string ToTable()
    {
        ThrowIfEmpty();
        IEnumerable<int> classes = Enumerable.Range(0, Classes);
        bool hasNone = classes.Any(actual => UnpredictedCountOf(actual) != 0);
        var table = new TextTable(["true \\ predicted", .. classes.Select(NameOf), .. hasNone ? ["none"] : Array.Empty<string>()]);
        foreach (int actual in classes)
        {
            IEnumerable<double> counts = classes.Select(predicted => this[actual, predicted]);
            counts = hasNone ? counts.Append(UnpredictedCountOf(actual)) : counts;
            table.Add([NameOf(actual), .. counts.Select(count => count.ToString("0.####", CultureInfo.InvariantCulture))]);
        }

        return table.ToString();
    }

    /// <inheritdoc/>
    protected override void Start(int columns)
    {
        if (_names is not null && _names.Length != columns)
        {
            throw new ArgumentException($"{Title} has names of {_names.Length} classes, got predictions of {columns}.", nameof(columns));
        }

        base.Start(columns);
    }

    /// <inheritdoc/>
    protected override double ValueCore()
    {
        double correct = 0;
        for (int label = 0; label < Classes; label++)
        {
            correct += this[label, label];
        }

        return correct / TotalWeight;
    }

    private string NameOf(int label) => _names is null ? label.ToString(CultureInfo.InvariantCulture) : _names[label];
}
