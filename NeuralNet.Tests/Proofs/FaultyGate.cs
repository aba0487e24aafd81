using NeuralNet.Core;

namespace NeuralNet.Tests.Proofs;

/// <summary>The sum of any number of matrices, with mistakes of one's own: what the forward and the backward pass do can be replaced.</summary>
internal sealed class FaultyGate : Gate<double>
{
    public delegate void Gradients(Matrix<double> upstream, Span<Matrix<double>?> downstream);

    /// <summary>Null for the sum.</summary>
    public Func<Matrix<double>?>? Output { get; set; }

    /// <summary>Gives each input the upstream gradient unless it is replaced.</summary>
    public Gradients Give { get; set; } = (upstream, downstream) => downstream.Fill(upstream);

    public override string Name => "faulty sum";

    public override int? InputCount => null;

    protected override Matrix<double> ForwardCore(ReadOnlySpan<Matrix<double>> inputs, Cache<double> cache)
    {
        Matrix<double> sum = inputs[0].Clone();
        foreach (Matrix<double> input in inputs[1..])
        {
            sum += input;
        }

        return Output is null ? sum : Output()!;
    }

    protected override void BackwardCore(
        Matrix<double> upstream, ReadOnlySpan<Matrix<double>> inputs, Matrix<double> output, Wanted wanted, Span<Matrix<double>?> downstream,
        Cache<double> cache) => Give(upstream, downstream);
}
