using NeuralNet.Core;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training;
using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Images;
using NeuralNet.Training.Data.Tables;
using NeuralNet.Training.Data.Text;
using NeuralNet.Training.LearningRates;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.SanityChecking;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Tests.Training;

/// <summary>What is null is named where it enters a training, instead of ending somewhere inside.</summary>
internal sealed class NullArgumentTests
{
    private static readonly Matrix<double> M = Some.Matrix<double>(2, 2);
    private static readonly Linear<double> Net = new(2, 2, new Random(1));
    private static readonly SGD<double> Optimizer = new(Net.Parameters, 0.1);
    private static readonly SoftmaxCrossEntropy<double> Loss = new();
    private static readonly int[] Labels = [0, 1];
    private static readonly (Matrix<double>, ReadOnlyMemory<int>)[] Batches = [(M, Labels)];

    private static IEnumerable<TestCaseData> Data =>
    [
        Case("inputs", () => _ = new Batch<double>((Matrix<double>)null!, Labels)),
        Case("inputs", () => _ = new Batch<double>((Matrix<double>)null!)),
        Case("targets", () => _ = new Batch<double>(M, (Matrix<double>)null!)),
        Case("batches", () => BatchExtensions.Prefetch<double>(null!)),
        Case("data", () => _ = new BatchLoader<double>(null!, 2)),
        Case("samples", () => _ = new DataSet<double>(null!, 2)),
        Case("samples", () => _ = new DataSet<double>(null!, Labels, 2, 2)),
        Case("labels", () => _ = new DataSet<double>([1, 2], null!, 1, 2)),
        Case("labels", () => new DataSet<double>([1, 2], 1).WithLabels(null!, 2)),
        Case("targets", () => new DataSet<double>([1, 2], 1).WithTargets(null!, 1)),
        Case("weights", () => new DataSet<double>([1, 2], 1).WithWeights(null!)),
        Case("pixels", () => _ = new RasterImage(1, 1, 1, null!)),
        Case("train", () => Scaling.Standardize<double>(null!)),
        Case("train", () => Scaling.MinMax<double>(null!)),
        Case("reader", () => CsvTable.Read((TextReader)null!)),
        Case("encoding", () => Table().ToDataSet<double>((TableEncoding)null!)),
        Case("columns", () => Table().Encode(null!)),
        Case("name", () => _ = Table()[(string)null!]),
        Case("json", () => TableEncoding.FromJson(null!)),
        Case("name", () => Fill.Category(null!)),
        Case("reader", () => ConllFile.Read((TextReader)null!)),
        Case("tags", () => EntityTags.ToIob2(null!)),
        Case("tags", () => EntityTags.Kinds(null!)),
        Case("tokens", () => _ = new TaggedSentence(null!, ["O"])),
        Case("tags", () => _ = new TaggedSentence(["a"], null!)),
        Case("vocabulary", () => TokenFeature.Of(null!)),
        Case("words", () => _ = new Vocabulary(null!)),
        Case("words", () => Vocabulary.Of((IEnumerable<string>)null!)),
        Case("sentences", () => Vocabulary.Of((IEnumerable<TaggedSentence>)null!)),
        Case("sentences", () => WindowDataSet.Of<double>(null!, (IReadOnlyList<TokenFeature>)[], 1)),
        Case("features", () => WindowDataSet.Of<double>([new TaggedSentence(["a"], ["O"])], (IReadOnlyList<TokenFeature>)null!, 1)),
    ];

    private static IEnumerable<TestCaseData> Training =>
    [
        Case("cache", () => Divergence.ThrowIfNotFinite<double>(double.NaN, 1, null!)),
        Case("network", () => Divergence.ThrowIfNotFinite<double>((Gate<double>)null!, 1)),
        Case("prediction", () => Loss.Forward(null!, Labels, new Cache<double>())),
        Case("cache", () => Loss.Forward(M, Labels, null!)),
        Case("cache", () => Loss.Backward(null!)),
        Case("target", () => new MeanSquaredError<double>().Forward(M, null!, new Cache<double>())),
        Case("target", () => new KLDivergence<double>().Forward(M, null!, new Cache<double>())),
        Case("parameters", () => _ = new L2Regularization<double>(null!, 0.1)),
        Case("prediction", () => new Accuracy<double>().Add(null!, Labels)),
        Case("parameters", () => _ = new SGD<double>((IEnumerable<NamedParameter<double>>)null!, 0.1)),
        Case("parameters", () => _ = new ExponentialMovingAverage<double>(null!)),
        Case("parameters", () => GradientClipping.ByValue<double>(null!, 1)),
        Case("parameters", () => GradientClipping.ByGlobalNorm<double>(null!, 1)),
        Case("parameter", () => ((WeightDecayGroup<double>)Optimizer.Groups[0]).DecayOf(null!)),
        Case("first", () => _ = new ProductSchedule(null!, new ConstantRate())),
        Case("second", () => _ = new ProductSchedule(new ConstantRate(), null!)),
        Case("first", () => _ = new SequentialSchedule(null!, 1, new ConstantRate())),
        Case("next", () => _ = new SequentialSchedule(new ConstantRate(), 1, null!)),
        Case("network", () => SanityCheck.Run(null!, Loss, M, Labels)),
        Case("loss", () => SanityCheck.Run(Net, (Loss<double, ReadOnlyMemory<int>>)null!, M, Labels)),
        Case("input", () => SanityCheck.Run(Net, Loss, null!, Labels)),
        Case("network", () => LearningRateFinder.Run(null!, Loss, () => Optimizer, Batches)),
        Case("loss", () => LearningRateFinder.Run(Net, (Loss<double, ReadOnlyMemory<int>>)null!, () => Optimizer, Batches)),
        Case("optimizer", () => LearningRateFinder.Run(Net, Loss, null!, Batches)),
        Case("batches", () => LearningRateFinder.Run(Net, Loss, () => Optimizer, null!)),
    ];

    [TestCaseSource(nameof(Data))]
    [TestCaseSource(nameof(Training))]
    public void Call_ArgumentIsNull_IsRefusedByName(string parameter, Action call) => Should.Throw<ArgumentNullException>(call).ParamName.ShouldBe(parameter);

    private static TestCaseData Case(string parameter, Action call, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(call))] string text = "") =>
        new TestCaseData(parameter, call).SetArgDisplayNames(parameter, text);

    private static CsvTable Table() => CsvTable.Read(new StringReader("a,b\n1,2\n"));
}
