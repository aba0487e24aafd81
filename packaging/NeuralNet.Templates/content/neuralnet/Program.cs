using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;

// 1. The data. This makes three arms of a spiral, 300 points each; put your own here:
//    a table    CsvTable.Read("table.csv").ToDataSet<float>(label: "column")      with using NeuralNet.Training.Data.Tables
//    pictures   ImageFolder.Read<float>("folder")                                 with using NeuralNet.Training.Data.Images
//    arrays     DataSet<float>.FromRows(rows, labels)
DataSet<float> data = Spirals(perArm: 300, new Random(1));
var (train, validation, test) = data.StratifiedSplit(0.6, 0.2, seed: 1);

// 2. The network: features are scaled as in the training data, and the last layer gives a score for each class.
var random = new Random(2);
var net = new Sequential<float>(
    Scaling.Standardize(train),
    new Linear<float>(data.Features, 64, random), new ReLU<float>(),
    new Linear<float>(64, 64, random), new ReLU<float>(),
    new Linear<float>(64, data.Classes, random));

// 3. The training. It stops when the validation loss has not fallen for 20 epochs, and takes the best weights.
var trainer = Trainer.For(net, new SoftmaxCrossEntropy<float>(), new Adam<float>(net.Parameters, 0.01f));
trainer.Metrics = [new Accuracy<float>()];
trainer.Callbacks = [new EarlyStopping<float>(patience: 20)];
TrainingHistory history = trainer.Fit(train, epochs: 200, validation: validation, progress: new EpochLines());
history.WriteCsv("history.csv");
Console.WriteLine($"{history.End} after {history.Last.Epoch} epochs; the figures of each are in history.csv");

// 4. The measure of it, on samples that neither trained the network nor chose its epoch.
Console.WriteLine($"test accuracy: {trainer.Evaluate(test)["accuracy"]:F4}");

// 5. A prediction: one row of features, a score for each class.
var scores = net.Forward(Matrices.FromRows<float>([0, 2]));
Console.WriteLine($"the point (0, 2) is of class {scores.Row(0).MaximumIndex()}");

static DataSet<float> Spirals(int perArm, Random random)
{
    int[] labels = [.. Enumerable.Range(0, 3 * perArm).Select(i => i % 3)];
    return DataSet<float>.FromRows([.. labels.Select(Point)], labels);

    float[] Point(int arm)
    {
        double radius = 5 * random.NextDouble();
        double angle = (0.8 * radius) + (arm * 2 * Math.PI / 3) + (0.2 * (random.NextDouble() - 0.5));
        return [(float)(radius * Math.Cos(angle)), (float)(radius * Math.Sin(angle))];
    }
}

// Prints every tenth epoch as it ends.
internal sealed class EpochLines : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        if (value.CompletedEpoch is EpochRecord epoch && epoch.Epoch % 10 == 0)
        {
            Console.WriteLine(epoch);
        }
    }
}
