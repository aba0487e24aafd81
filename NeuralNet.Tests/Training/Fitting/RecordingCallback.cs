using NeuralNet.Training.Fitting;

namespace NeuralNet.Tests.Training.Fitting;

/// <summary>Writes down what it is told, and does something at each step or epoch.</summary>
internal sealed class RecordingCallback(Action<TrainingState<double>>? atStep = null, Action<TrainingState<double>>? atEpoch = null) : TrainingCallback<double>
{
    /// <summary>What it was told, in order.</summary>
    public List<string> Calls { get; } = [];

    public override void OnStart(TrainingState<double> state) => Calls.Add("start");

    public override void OnGradients(TrainingState<double> state) => Calls.Add($"gradients {state.Epoch}.{state.Step}");

    public override void OnStep(TrainingState<double> state)
    {
        Calls.Add($"step {state.Epoch}.{state.Step}");
        atStep?.Invoke(state);
    }

    public override void OnEpoch(TrainingState<double> state, EpochRecord record)
    {
        Calls.Add($"epoch {record.Epoch}");
        atEpoch?.Invoke(state);
    }

    public override void OnEnd(TrainingState<double> state) => Calls.Add("end");
}
