using System.Numerics;
using NeuralNet.Core.Shapes;
using NeuralNet.Training.Data;
using NeuralNet.Training.Losses;

namespace NeuralNet.Tests.Training.Data;

/// <summary>Targets of every kind in batches.</summary>
[TestFixture(TypeArgs = [typeof(float)])]
[TestFixture(TypeArgs = [typeof(double)])]
internal sealed class BatchTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [Test]
    public void Batch_TargetsLabelsAndWeights_BelongToTheSamplesOfItsRows()
    {
        var seen = 0;
        foreach (var batch in new BatchLoader<T>(Tagged(50), 16, seed: 1))
        {
            for (var row = 0; row < batch.Count; row++)
            {
                var sample = int.CreateChecked(batch.Inputs[row, 0]);
                batch.Targets.Row(row).Select(int.CreateChecked).ShouldBe([sample + 100, sample + 200]);
                batch.Weights.ShouldNotBeNull().Row(row).Select(int.CreateChecked).ShouldBe([sample, sample + 1, sample + 2]);
                for (var position = 0; position < 3; position++)
                {
                    batch.Labels.Span[row + (position * batch.Count)].ShouldBe((sample + position) % 5);
                }

                seen++;
            }
        }

        seen.ShouldBe(50);
    }

    // Scores of 5 classes at 3 positions that are 30 for the right class and 0 elsewhere: as rows of positions they fit the labels, and the loss is
    // log(1 + 4·e^−30) = 4e-13.
    [Test]
    public void Labels_OfPositions_AreInTheOrderOfTheRowsOfPositions()
    {
        foreach (var batch in new BatchLoader<T>(Tagged(10), 4))
        {
            Matrix<T> scores = Matrix<T>.Build.Dense(batch.Count, 15);
            for (var row = 0; row < batch.Count; row++)
            {
                var sample = int.CreateChecked(batch.Inputs[row, 0]);
                for (var position = 0; position < 3; position++)
                {
                    scores[row, (((sample + position) % 5) * 3) + position] = T.CreateChecked(30);
                }
            }

            T loss = new SoftmaxCrossEntropy<T>().Forward(MatrixViews.AsPositions(scores, SampleShape.Sequence(5, 3)), batch.Labels);
            double.CreateChecked(loss).ShouldBe(0, 1e-5);
        }
    }

    [Test]
    public void Batch_SamplesAlone_HasNeitherLabelsNorWeightsAndSaysHowToAddTargets()
    {
        foreach (var batch in new BatchLoader<T>(new DataSet<T>(new T[4], features: 2), 2))
        {
            batch.Labels.IsEmpty.ShouldBeTrue();
            batch.Weights.ShouldBeNull();
            Should.Throw<InvalidOperationException>(() => batch.Targets).Message.ShouldContain("WithTargets");
        }
    }

    [Test]
    public void Epoch_WithAllKinds_AllocatesNothing()
    {
        var loader = new BatchLoader<T>(Tagged(100), 16, seed: 1);
        Support.Allocation.OfThread(() =>
        {
            foreach (var batch in loader)
            {
                _ = batch.Count;
            }
        }).ShouldBe(0);
    }

    /// <summary>Sample i is the number i; its targets are i + 100 and i + 200, its labels (i + p) mod 5 and its weights i + p at 3 positions p.</summary>
    private static DataSet<T> Tagged(int count) => new DataSet<T>([.. Enumerable.Range(0, count).Select(T.CreateChecked)], features: 1)
        .WithTargets([.. Enumerable.Range(0, count).SelectMany(i => new[] { i + 100, i + 200 }).Select(T.CreateChecked)], outputs: 2)
        .WithLabels([.. Enumerable.Range(0, count).SelectMany(i => new[] { i % 5, (i + 1) % 5, (i + 2) % 5 })], classes: 5, perSample: 3)
        .WithWeights([.. Enumerable.Range(0, count).SelectMany(i => new[] { i, i + 1, i + 2 }).Select(T.CreateChecked)], perSample: 3);
}
