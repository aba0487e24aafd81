using NeuralNet.Core;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Graphs;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Jacobians;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Providers;
using NeuralNet.Core.Randomness;
using NeuralNet.Core.Shapes;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core;

/// <summary>What is null is named where it enters, instead of ending somewhere inside.</summary>
internal sealed class NullArgumentTests
{
    private static readonly Matrix<double> M = Some.Matrix<double>(2, 2);
    private static readonly Matrix<float> F = Some.Matrix<float>(2, 2);
    private static readonly NamedMatrix<double>[] Variables = [new("x", M)];

    private static IEnumerable<TestCaseData> Matrices =>
    [
        Case("matrix", () => NeuralNet.Core.MatrixExtensions.AsSpan<double>(null!).ToArray()),
        Case("matrix", () => NeuralNet.Core.MatrixExtensions.Shape<double>(null!)),
        Case("matrix", () => NeuralNet.Core.MatrixExtensions.HasShapeOf(null!, M)),
        Case("other", () => M.HasShapeOf(null!)),
        Case("rows", () => NeuralNet.Core.Matrices.FromRows((double[,])null!)),
        Case("rows", () => NeuralNet.Core.Matrices.FromRows((double[][])null!)),
        Case("rows[1]", () => NeuralNet.Core.Matrices.FromRows([1.0], null!)),
        Case("a", () => MatrixProduct.Multiply(Transpose.No, null!, Transpose.No, M, M.Clone())),
        Case("b", () => MatrixProduct.Multiply(Transpose.No, M, Transpose.No, null!, M.Clone())),
        Case("c", () => MatrixProduct.Multiply(Transpose.No, M, Transpose.No, M, null!)),
        Case("matrix", () => MatrixViews.Reshape<double>(null!, 2, 2)),
        Case("samples", () => MatrixViews.AsPositions<double>(null!, SampleShape.Image(1, 1, 2))),
        Case("positions", () => MatrixViews.AsSamples<double>(null!, SampleShape.Image(1, 1, 2))),
        Case("source", () => MatrixTransposition.Transpose(null!, M)),
        Case("target", () => MatrixTransposition.Transpose(M, null!)),
        Case("target", () => RowOperations.GatherSamples<double>([1, 2], [0], null!)),
        Case("matrix", () => OperandCheck.ThrowIfNotRowOf(null!, M, "row")),
        Case("row", () => OperandCheck.ThrowIfNotRowOf(M, null!, "row")),
        Case("matrix", () => OperandCheck.ThrowIfNotColumnOf(null!, M, "column")),
        Case("column", () => OperandCheck.ThrowIfNotColumnOf(M, null!, "column")),
        Case("table", () => OperandCheck.ThrowIfNotIndexed(null!, "table", [0, 1], M, "rows")),
        Case("rows", () => OperandCheck.ThrowIfNotIndexed(M, "table", [0, 1], null!, "rows")),
        Case("left", () => OperandCheck.ThrowIfShapeDiffers(null!, "left", M, "right")),
        Case("right", () => OperandCheck.ThrowIfShapeDiffers(M, "left", null!, "right")),
        Case("body", () => ComputeThreads.For<int>(1, 0, null!)),
    ];

    private static IEnumerable<TestCaseData> ParametersAndGates =>
    [
        Case("gradient", () => new Parameter<double>(M).SetGradient(null!)),
        Case("gradient", () => new Parameter<double>(M).AddToGradient((Matrix<double>)null!)),
        Case("gradients", () => new Parameter<double>(M).AddRowsToGradient([], null!)),
        Case("gradient", () => new Parameter<double>(M).ApplyGradient(null!, 1)),
        Case("parameters", () => ParameterSpans.ElementCount<double>(null!)),
        Case("gates", () => _ = new StateSnapshot<double>((IEnumerable<Gate<double>>)null!)),
        Case("other", () => new Cache<double>().IsOlderThan(null!)),
        Case("cache", () => new AddGate<double>().Forward([M, M], null!)),
        Case("cache", () => new AddGate<double>().Backward(M, Wanted.All, null!).ToArray()),
        Case("upstream", () => new AddGate<double>().Backward(null!, Wanted.All, new Cache<double>()).ToArray()),
        Case("cache", () => new Tanh<double>().Forward(M, null!)),
        Case("cache", () => new Tanh<double>().Backward(M, null!)),
        Case("upstream", () => new Tanh<double>().Backward(null!, new Cache<double>())),
        Case("cache", () => new Tanh<double>().Forward(1.0, null!)),
        Case("cache", () => new Tanh<double>().Backward(1.0, null!)),
        Case("cache", () => new AddGate<double>().Forward(1.0, 2.0, null!)),
        Case("cache", () => new AddGate<double>().Backward(1.0, null!)),
        Case("cache", () => new MaxoutGate<double>().Forward([1.0, 2.0], null!)),
        Case("random", () => new Normal(1).Weight<double>(1, 1, null!)),
        Case("buffer", () => new Philox(1).NextBytes((byte[])null!)),
        Case("s", () => PhiloxState.Parse((string)null!)),
    ];

    private static IEnumerable<TestCaseData> FunctionsAndGraphs =>
    [
        Case("name", () => _ = new NamedMatrix<double>(null!, M)),
        Case("uses", () => _ = new NamedMatrix<double>("x", null!)),
        Case("name", () => _ = new DifferentiableFunction<double>(null!, Variables, () => M, g => [g])),
        Case("variables", () => _ = new DifferentiableFunction<double>("f", null!, () => M, g => [g])),
        Case("forward", () => _ = new DifferentiableFunction<double>("f", Variables, null!, g => [g])),
        Case("backward", () => _ = new DifferentiableFunction<double>("f", Variables, () => M, null!)),
        Case("value", () => DifferentiableFunction<double>.OfScalar("f", Variables, null!, () => [M])),
        Case("gradients", () => DifferentiableFunction<double>.OfScalar("f", Variables, () => 1, null!)),
        Case("gate", () => _ = new DifferentiableGate<double>(null!, ["x"], [M], new Cache<double>())),
        Case("inputs", () => _ = new DifferentiableGate<double>(new Tanh<double>(), ["x"], null!, new Cache<double>())),
        Case("cache", () => _ = new DifferentiableGate<double>(new Tanh<double>(), ["x"], [M], null!)),
        Case("function", () => GradientCheck.Function(null!)),
        Case("gate", () => GradientCheck.Gate(null!, F, () => new Tanh<double>())),
        Case("input", () => GradientCheck.Gate(new Tanh<float>(), null!, () => new Tanh<double>())),
        Case("twin", () => GradientCheck.Gate(new Tanh<float>(), F, null!)),
        Case("report", () => _ = new GradientCheckException(null!)),
        Case("function", () => _ = new Jacobian<double>(null!)),
        Case("upstream", () => Jacobian().VectorJacobianProduct(null!)),
        Case("direction", () => Jacobian().JacobianVectorProduct("x", null!)),
        Case("variable", () => Jacobian().JacobianVectorProduct(null!, M)),
        Case("parameter", () => new Graph<double>().Parameter("w", null!)),
        Case("gate", () => new Graph<double>().Apply(null!)),
        Case("upstream", () => AGraph().Graph.Backward(AGraph().Root, null!)),
        Case("roots", () =>
        {
            (Graph<double> graph, Node<double> root) = AGraph();
            graph.Backward([(root, null!)]);
        }),
        Case("inputs", () => _ = new GraphModel<double>(null!, AGraph().Root)),
    ];

    [TestCaseSource(nameof(Matrices))]
    [TestCaseSource(nameof(ParametersAndGates))]
    [TestCaseSource(nameof(FunctionsAndGraphs))]
    public void Call_ArgumentIsNull_IsRefusedByName(string parameter, Action call) =>
        Should.Throw<ArgumentNullException>(call).ParamName.ShouldBe(parameter);

    private static TestCaseData Case(string parameter, Action call, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(call))] string text = "") =>
        new TestCaseData(parameter, call).SetArgDisplayNames(parameter, text.ReplaceLineEndings(" "));

    private static Jacobian<double> Jacobian() => new(new DifferentiableFunction<double>("f", Variables, () => M, g => [g]));

    private static (Graph<double> Graph, Node<double> Root) AGraph()
    {
        var graph = new Graph<double>();
        Node<double> root = GraphFunctions.Tanh(graph.Variable("x", M));
        graph.Forward();
        return (graph, root);
    }
}
