using System.Numerics;

namespace NeuralNet.Core.Operations;

/// <summary>The arrays of one step of a recurrent layer, forward, for <see cref="RecurrentOperations"/>.</summary>
/// <remarks>Everything is stored a sample in a column: <c>[H×N]</c>, the H entries of a sample side by side. What a cell does not use is empty.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct RecurrentStep<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>H, entries of h, 1 or more.</summary>
    public required int Hidden { get; init; }

    /// <summary>N, samples, 0 or more.</summary>
    public required int Samples { get; init; }

    /// <summary>Elements from one sample of <see cref="PreviousOutput"/> and <see cref="Output"/> to the next, H or more (both directions of a layer can lie side by side).</summary>
    public required int Stride { get; init; }

    /// <summary>The gates <c>[kH×N]</c>: what the weights give them, which the step replaces by their values.</summary>
    public required Span<T> Gates { get; init; }

    /// <summary>What the recurrent weights give them <c>[3H×N]</c>, of a GRU, where it is not yet in <see cref="Gates"/>.</summary>
    public ReadOnlySpan<T> Recurrent { get; init; }

    /// <summary>The biases: H of an RNN; 4·H of an LSTM; 4·H of a GRU, both added for r and z, the input's and then the recurrent one for n.</summary>
    public required ReadOnlySpan<T> Bias { get; init; }

    /// <summary>c before the step <c>[H×N]</c>, of an LSTM.</summary>
    public ReadOnlySpan<T> PreviousState { get; init; }

    /// <summary>Receives c <c>[H×N]</c>, of an LSTM.</summary>
    public Span<T> State { get; init; }

    /// <summary>Receives what the way back needs beside <see cref="Gates"/> <c>[H×N]</c>: tanh c of an LSTM, the recurrent part of n of a GRU.</summary>
    public Span<T> Kept { get; init; }

    /// <summary>h before the step <c>[H×N]</c>, with <see cref="Stride"/>.</summary>
    public required ReadOnlySpan<T> PreviousOutput { get; init; }

    /// <summary>Receives h <c>[H×N]</c>, with <see cref="Stride"/>.</summary>
    public required Span<T> Output { get; init; }

    /// <summary>The length of each sample's sequence; empty where all are long enough. Of a sample whose length is not above <see cref="Step"/>, h and c stay.</summary>
    public ReadOnlySpan<int> Lengths { get; init; }

    /// <summary>The number of the step, from 0.</summary>
    public int Step { get; init; }
}
