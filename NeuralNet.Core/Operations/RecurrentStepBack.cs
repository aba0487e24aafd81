using System.Numerics;

namespace NeuralNet.Core.Operations;

/// <summary>The arrays of one step of a recurrent layer, backward, for <see cref="RecurrentOperations"/>.</summary>
/// <remarks>Everything is stored a sample in a column: <c>[H×N]</c>, the H entries of a sample side by side. What a cell does not use is empty.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct RecurrentStepBack<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>H, entries of h, 1 or more.</summary>
    public required int Hidden { get; init; }

    /// <summary>N, samples, 0 or more.</summary>
    public required int Samples { get; init; }

    /// <summary>Elements from one sample of <see cref="PreviousOutput"/> and <see cref="Upstream"/> to the next, H or more.</summary>
    public required int Stride { get; init; }

    /// <summary>The values of the gates <c>[kH×N]</c>, as the step left them.</summary>
    public required ReadOnlySpan<T> Gates { get; init; }

    /// <summary>c before the step <c>[H×N]</c>, of an LSTM.</summary>
    public ReadOnlySpan<T> PreviousState { get; init; }

    /// <summary>What the step kept <c>[H×N]</c>, of an LSTM and a GRU.</summary>
    public ReadOnlySpan<T> Kept { get; init; }

    /// <summary>h before the step <c>[H×N]</c>, with <see cref="Stride"/>, of a GRU.</summary>
    public ReadOnlySpan<T> PreviousOutput { get; init; }

    /// <summary>The gradient by h from outside <c>[H×N]</c>, with <see cref="Stride"/>; empty for none.</summary>
    public ReadOnlySpan<T> Upstream { get; init; }

    /// <summary>The gradient by h from the steps behind <c>[H×N]</c>; becomes what of the whole gradient reaches h before the step other than through the gates.</summary>
    public required Span<T> OutputGradient { get; init; }

    /// <summary>The gradient by c <c>[H×N]</c>, of an LSTM; becomes the one by c before the step.</summary>
    public Span<T> StateGradient { get; init; }

    /// <summary>Receives the gradients by what the inputs' weights give the gates <c>[kH×N]</c>, and, but of a GRU, the recurrent ones.</summary>
    public required Span<T> GateGradients { get; init; }

    /// <summary>Receives the gradients by what the recurrent weights give the gates <c>[3H×N]</c>, of a GRU.</summary>
    public Span<T> RecurrentGradients { get; init; }

    /// <summary>The gradients by the biases, as many as <see cref="RecurrentStep{T}.Bias"/> has; those of the step are added, sample by sample.</summary>
    public required Span<T> BiasSums { get; init; }

    /// <summary>The length of each sample's sequence; empty where all are long enough. Of a sample whose length is not above <see cref="Step"/>, gradients by h and c pass
    /// as they are, and those by its gates are 0.</summary>
    public ReadOnlySpan<int> Lengths { get; init; }

    /// <summary>The number of the step, from 0.</summary>
    public int Step { get; init; }
}
