using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Layers;
using NeuralNet.Training.Fitting;

namespace NeuralNet.Training.TensorBoard;

/// <summary>Writes a training into an event file as it goes on: the network as text, the figures of each epoch, and histograms of weights and gradients.</summary>
/// <remarks>
/// <para>Tags: <c>network</c> (its summary), the figures as an <see cref="EpochRecord"/> names them with slashes (<c>loss/training</c>, <c>accuracy/validation</c>), so that training and
/// validation stand together, <c>weights/0.weight</c> and <c>gradients/0.weight</c>. The step is that of the optimiser. Histograms are written where all numbers are finite.</para>
/// <para>The file is flushed after each epoch, so a board shows a training under way. The writer stays the caller's to dispose. <b>Threads.</b> As the trainer's.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class TensorBoardCallback<T> : TrainingCallback<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TensorBoardWriter _writer;
    private readonly int _histogramsEvery;

    /// <summary>A callback that writes to a writer.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="histogramsEvery">Every how many epochs histograms are written, 1 (the default) or more; 0 for never.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public TensorBoardCallback(TensorBoardWriter writer, int histogramsEvery = 1)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentOutOfRangeException.ThrowIfNegative(histogramsEvery);
        (_writer, _histogramsEvery) = (writer, histogramsEvery);
    }

    /// <inheritdoc/>
    public override bool IsForFirstRankOnly => true;

    /// <inheritdoc/>
    public override void OnStart(TrainingState<T> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        string text = state.Network is Sequential<T> network ? network.Summary() : state.Network.ToString();
        _writer.Text("network", $"```\n{text}\n```", state.Optimizer.Steps);
        _writer.Flush();
    }

    /// <inheritdoc/>
    public override void OnEpoch(TrainingState<T> state, EpochRecord record)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(record);
        foreach ((string name, double value) in record.Values)
        {
            _writer.Scalar(Tag(name), value, record.Steps);
        }

        if (_histogramsEvery > 0 && record.Epoch % _histogramsEvery == 0)
        {
            foreach ((string name, Parameter<T> parameter) in state.Network.Parameters)
            {
                Write($"weights/{name}", parameter.Value.AsSpan(), record.Steps);
                if (!parameter.IsGradientZero)
                {
                    Write($"gradients/{name}", parameter.GradientToRead, record.Steps);
                }
            }
        }

        _writer.Flush();
    }

    // "validation accuracy" as "accuracy/validation": a board groups by what stands before the slash.
    private static string Tag(string name) => name.Split(' ', 2) switch
    {
        ["training" or "validation", string figure] parts => $"{figure}/{parts[0]}",
        _ => name,
    };

    private void Write(string tag, ReadOnlySpan<T> values, long step)
    {
        if (NonFiniteSearch.IsFinite(values))
        {
            _writer.Histogram(tag, values, step);
        }
    }
}
