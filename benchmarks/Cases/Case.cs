namespace NeuralNet.Benchmarks.Cases;

/// <summary>One piece of work to measure.</summary>
/// <param name="Name">For readers.</param>
/// <param name="Kind">The first word of the work in the protocol: <c>gemm</c>, <c>step</c>, <c>adam</c>, <c>lecture</c>, <c>infer</c>, <c>epoch</c>, <c>save</c>, <c>load</c>,
/// <c>conv-step</c>, <c>conv-layer</c>, <c>sequence-step</c>, <c>sequence-infer</c>,
/// <c>text-step</c>, <c>text-forward</c>, <c>text-made</c>.</param>
/// <param name="Arguments">The rest of it, the same for every contestant.</param>
/// <param name="Unit">What the result is given in.</param>
/// <param name="Load">What the work must do at least.</param>
internal sealed record Case(string Name, string Kind, string Arguments, Unit Unit, Load Load);
