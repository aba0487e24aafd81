using System.Globalization;
namespace NeuralNet.Training.Schedules;

/// <summary>Multiplies the rate by a factor when what is reported, such as the loss of a validation set after each epoch, has not become better for some time.</summary>
/// <remarks>
/// <para>A report is better where it is below the best by more than the threshold's share of it (above it, with <c>larger</c>). After more than <c>patience</c> reports in a row that are not,
/// the factor is multiplied, but never below the minimum, and as many reports as <c>cooldown</c> says are not counted then.</para>
/// <para>The factor depends on the reports and not on the step, so <see cref="State"/> belongs into a checkpoint.</para>
/// <para>PyTorch's <c>ReduceLROnPlateau</c>, with a threshold relative to the best's magnitude; for a negative best, PyTorch moves the threshold to the other side. <b>Threads.</b> One at a time.</para>
/// </remarks>
public sealed class ReduceOnPlateau : LearningRateSchedule
{
    /// <summary>A schedule that has no report yet.</summary>
    /// <param name="factor">What the rate is multiplied by, a fraction from 0 to 1; by default 0.1.</param>
    /// <param name="patience">How many reports in a row may be no better, 0 or more; by default 10.</param>
    /// <param name="threshold">The share of the best, from 0 to 1, by which a report must be better; by default 10⁻⁴.</param>
    /// <param name="cooldown">How many reports are not counted after a reduction, 0 or more; by default 0.</param>
    /// <param name="minimum">The least factor, from 0 to 1; by default 0.</param>
    /// <param name="larger">Whether larger is better, as with an accuracy.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public ReduceOnPlateau(double factor = 0.1, int patience = 10, double threshold = 1e-4, int cooldown = 0, double minimum = 0, bool larger = false)
    {
        Require.Fraction(factor);
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        Require.Fraction(threshold);
        ArgumentOutOfRangeException.ThrowIfNegative(cooldown);
        Require.Fraction(minimum);
        (ReductionFactor, Patience, Threshold, Cooldown, Minimum, IsLargerBetter) = (factor, patience, threshold, cooldown, minimum, larger);
        State = new PlateauState(1, Best: null, BadReports: 0, CooldownLeft: 0);
    }

    /// <summary>What the rate is multiplied by.</summary>
    public double ReductionFactor { get; }

    /// <summary>How many reports in a row may be no better.</summary>
    public int Patience { get; }

    /// <summary>The share of the best by which a report must be better.</summary>
    public double Threshold { get; }

    /// <summary>How many reports are not counted after a reduction.</summary>
    public int Cooldown { get; }

    /// <summary>The least factor.</summary>
    public double Minimum { get; }

    /// <summary>Whether larger is better.</summary>
    public bool IsLargerBetter { get; }

    /// <summary>All that has come of the reports so far. Set it to go on where another run stopped.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a state that no reports lead to: its factor is not from 0 to 1, its best is not finite, or a count is negative.</exception>
    public PlateauState State
    {
        get;
        set
        {
            Require.Fraction(value.Factor, nameof(value.Factor));
            if (value.Best is double best)
            {
                Require.Finite(best, nameof(value.Best));
            }

            ArgumentOutOfRangeException.ThrowIfNegative(value.BadReports, nameof(value.BadReports));
            ArgumentOutOfRangeException.ThrowIfNegative(value.CooldownLeft, nameof(value.CooldownLeft));
            field = value;
        }
    }

    /// <summary>Takes a report, and reduces the factor if it is time.</summary>
    /// <param name="value">What is to become better, a finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite: see <see cref="Divergence"/>. Nothing changed.</exception>
    public void Report(double value)
    {
        Require.Finite(value);
        (double factor, double? best, int bad, int cooldown) = State;
        if (best is not double before || IsBetter(value, before))
        {
            (best, bad) = (value, 0);
        }
        else
        {
            bad++;
        }

        if (cooldown > 0)
        {
            (cooldown, bad) = (cooldown - 1, 0);
        }

        if (bad > Patience)
        {
            factor = Math.Min(factor, Math.Max(factor * ReductionFactor, Minimum));
            (cooldown, bad) = (Cooldown, 0);
        }

        State = new PlateauState(factor, best, bad, cooldown);
    }

    /// <inheritdoc/>
    public override double Factor(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return State.Factor;
    }

    /// <summary>Those that a schedule consists of, in its order: itself, or ones within others.</summary>
    /// <param name="schedule">The schedule.</param>
    internal static IEnumerable<ReduceOnPlateau> In(LearningRateSchedule schedule) => schedule switch
    {
        ReduceOnPlateau plateau => [plateau],
        SequentialSchedule sequence => In(sequence.First).Concat(In(sequence.Next)),
        ProductSchedule product => In(product.First).Concat(In(product.Second)),
        _ => [],
    };

    private bool IsBetter(double value, double best)
    {
        double margin = Threshold * Math.Abs(best);
        return IsLargerBetter ? value > best + margin : value < best - margin;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"ReduceOnPlateau(factor {ReductionFactor}, patience {Patience}, threshold {Threshold}, cooldown {Cooldown}, minimum {Minimum})");
}
