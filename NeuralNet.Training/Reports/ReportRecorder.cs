using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Training.Fitting;

namespace NeuralNet.Training.Reports;

/// <summary>Keeps histograms of weights and gradients as a training goes on, for a <see cref="TrainingReport"/>: put it among the trainer's callbacks.</summary>
/// <remarks>
/// <para>At the end of each epoch it looks at the network's parameters, and at their gradients in the epoch's last step as the optimiser saw them, clipped. Steps
/// cost nothing. A parameter that no backward pass has reached has no gradient there.</para>
/// <para><b>Memory.</b> Up to <see cref="MaxParameters"/> parameters and <see cref="MaxEpochs"/> epochs are kept: when there are more, every second one is dropped, and
/// from then on every second, fourth, … epoch is taken, and always the last one. About 400 bytes for a parameter and an epoch.</para>
/// <para><b>Threads.</b> One training at a time; each begins anew.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ReportRecorder<T> : TrainingCallback<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Parameters that are looked at, the network's first ones.</summary>
    public const int MaxParameters = 64;

    /// <summary>Epochs that are kept.</summary>
    public const int MaxEpochs = 128;

    private readonly List<EpochHistograms> _kept = [];
    private NamedParameter<T>[] _parameters = [];
    private EpochHistograms? _last;
    private int _stride = 1;

    /// <summary>The parameters, in the network's order.</summary>
    internal IReadOnlyList<NamedParameter<T>> Parameters => _parameters;

    /// <summary>The epochs that are kept, in order, the last one included.</summary>
    internal IReadOnlyList<EpochHistograms> Epochs => _last is null || ReferenceEquals(_kept.LastOrDefault(), _last) ? _kept : [.. _kept, _last];

    /// <inheritdoc/>
    public override bool IsForFirstRankOnly => true;

    /// <inheritdoc/>
    public override void OnStart(TrainingState<T> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _parameters = [.. state.Network.Parameters.Take(MaxParameters)];
        _kept.Clear();
        (_last, _stride) = (null, 1);
    }

    /// <inheritdoc/>
    public override void OnEpoch(TrainingState<T> state, EpochRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        _last = new EpochHistograms(
            record.Epoch,
            [.. _parameters.Select(named => Histogram.OfValues<T>(named.Parameter.Value.AsSpan()))],
            [.. _parameters.Select(named => Histogram.OfMagnitudes(named.Parameter.IsGradientZero ? default : named.Parameter.GradientToRead))]);
        if ((record.Epoch - 1) % _stride != 0)
        {
            return;
        }

        _kept.Add(_last);
        if (_kept.Count == MaxEpochs)
        {
            // The first of each pair: epochs 1, 3, 5, … and then 1, 5, 9, ….
            _stride *= 2;
            _kept.RemoveAll(epoch => (epoch.Epoch - 1) % _stride != 0);
        }
    }
}
