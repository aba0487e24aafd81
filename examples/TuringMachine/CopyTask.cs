using NeuralNet.Core;
using NeuralNet.Core.Randomness;

namespace NeuralNet.Examples.TuringMachine;

/// <summary>Sequences of random bits of one length, to be copied: vectors of 8 bits beside a mark that says that they are shown, then a step for the end, then as many steps in which nothing is
/// shown and the vectors are asked for again.</summary>
internal sealed class CopyTask
{
    /// <summary>Bits of a vector.</summary>
    public const int Bits = 8;

    /// <summary>What the machine sees in a step: the bits and the mark.</summary>
    public const int Channels = Bits + 1;

    /// <summary>Sequences of a length.</summary>
    /// <param name="samples">How many, N.</param>
    /// <param name="length">Vectors in each, L.</param>
    public CopyTask(int samples, int length)
    {
        (Length, Steps) = (length, (2 * length) + 1);
        Inputs = Matrices.Zeros<float>(samples, Channels * Steps);
        Targets = Matrices.Zeros<float>(samples * Steps, Bits);
        Weights = Matrices.Zeros<float>(samples * Steps, 1);
        Inputs.AsSpan().Slice(Bits * Steps * samples, samples * length).Fill(1);
        Weights.AsSpan()[^(samples * length)..].Fill(1);
    }

    /// <summary>L, vectors in a sequence.</summary>
    public int Length { get; }

    /// <summary>T = 2·L + 1, steps.</summary>
    public int Steps { get; }

    /// <summary>What is shown <c>[N×(9·T)]</c>.</summary>
    public Matrix<float> Inputs { get; }

    /// <summary>What is to be given, a row for each sequence in each step <c>[(N·T)×8]</c>.</summary>
    public Matrix<float> Targets { get; }

    /// <summary>1 for the steps in which something is asked for <c>[(N·T)×1]</c>.</summary>
    public Matrix<float> Weights { get; }

    /// <summary>Other bits.</summary>
    /// <param name="random">The generator that they are drawn from.</param>
    public void Draw(Philox random)
    {
        int samples = Inputs.RowCount, count = samples * Length;
        for (int bit = 0; bit < Bits; bit++)
        {
            Span<float> shown = Inputs.AsSpan().Slice(bit * Steps * samples, count);
            random.FillMask(shown, 0.5, 1f);
            shown.CopyTo(Targets.AsSpan().Slice((bit * Steps * samples) + (Targets.RowCount - count), count));
        }
    }

    /// <summary>How many bits of a sequence are wrong, on average.</summary>
    /// <param name="output">What the machine gave, logits <c>[N×(8·T)]</c>.</param>
    public double WrongBits(Matrix<float> output)
    {
        ReadOnlySpan<float> given = output.AsSpan(), wanted = Targets.AsSpan();
        int wrong = 0, rows = Targets.RowCount;
        for (int i = 0; i < given.Length; i++)
        {
            wrong += Weights.AsSpan()[i % rows] > 0 && given[i] > 0 != wanted[i] > 0.5f ? 1 : 0;
        }

        return (double)wrong / Inputs.RowCount;
    }
}
