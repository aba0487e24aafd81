#region resuming
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Training.Checkpoints;
using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Tables;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

#endregion
namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The program of docs/guide/resuming.md.</summary>
internal sealed class ResumingProgram
{
    [Test]
    public void Program_InterruptedAndStartedAgain_HasTheSameWeights()
    {
        using var folder = new GuideFolder();
        string flowers = folder.Flowers();

        Run([flowers, Path.Combine(folder.Path, "once")], null).End.ShouldBe(TrainingEnd.Completed);
        Run([flowers, Path.Combine(folder.Path, "twice")], cancelAfter: 13).End.ShouldBe(TrainingEnd.Canceled);
        Run([flowers, Path.Combine(folder.Path, "twice")], null).End.ShouldBe(TrainingEnd.Completed);

        // The same tensors, and beside them the times that the epochs took.
        Weights("twice").ShouldBe(Weights("once"));

        float[] Weights(string run)
        {
            using var file = NeuralNet.Core.Files.SafeTensorsFile.Open(Directory.GetFiles(Path.Combine(folder.Path, run), "*.safetensors").Order().Last());
            return [.. file.Tensors.Where(tensor => tensor.Name.StartsWith("network/", StringComparison.Ordinal)).SelectMany(tensor =>
            {
                var numbers = new float[tensor.ElementCount];
                file.Read(tensor.Name, numbers);
                return numbers;
            })];
        }
    }

    private static TrainingHistory Run(string[] args, int? cancelAfter)
    {
        #region resuming
        var data = CsvTable.Read(args[0]).ToDataSet<float>(label: "kind");
        var (train, validation) = data.StratifiedSplit(0.8, seed: 1);
        var random = new Random(1);
        var net = new Sequential<float>(
            Scaling.Standardize(train),
            new Linear<float>(data.Features, 32, random), new ReLU<float>(),
            new Linear<float>(32, data.Classes, random));
        var trainer = Trainer.For(net, new SoftmaxCrossEntropy<float>(), new Adam<float>(net.Parameters, 0.01f));
        trainer.Checkpoints = new CheckpointSettings<float>(args[1]) { Resumes = true, EverySteps = 100 };

        using var source = new CancellationTokenSource();
        Console.CancelKeyPress += (_, key) =>
        {
            key.Cancel = true;                                                    // Ctrl-C: finish the step, save, and end
            source.Cancel();
        };
        #endregion
        if (cancelAfter is int steps)
        {
            trainer.Callbacks = [new Interruption(steps, source)];
        }

        #region resuming
        var history = trainer.Fit(train, epochs: 20, batchSize: 16, seed: 1, validation: validation, cancellation: source.Token);
        Console.WriteLine(history.End == TrainingEnd.Canceled ? "to go on, start the program again" : $"{history}");
        #endregion
        return history;
    }

    private sealed class Interruption(int afterSteps, CancellationTokenSource source) : TrainingCallback<float>
    {
        public override void OnStep(TrainingState<float> state)
        {
            if (state.Optimizer.Steps == afterSteps)
            {
                source.Cancel();
            }
        }
    }
}
