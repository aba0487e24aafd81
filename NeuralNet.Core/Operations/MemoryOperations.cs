using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Kernels.Memory;

namespace NeuralNet.Core.Operations;

/// <summary>What a head does with a memory: compare its locations with a key, read, and write; and the gradients. Every sample has a memory of its own.</summary>
/// <remarks>
/// <para>A memory of R locations of W entries is a row of <c>[N×(R·W)]</c>, entry j of location i being column <c>i·W + j</c>. R and W are found from the operands beside it.</para>
/// <para>Large ones are shared among the threads by samples, with the same bits at any number of them. Nothing is allocated in steady state.</para>
/// <para><b>Source.</b> Graves, Wayne and Danihelka (2014), "Neural Turing Machines", equations 2 to 6; the gradients are their derivatives.
/// <b>Threads.</b> Can be called from several at once, on different results.</para>
/// </remarks>
public static class MemoryOperations
{
    /// <summary>How much each location is like a key, the cosine of their angle: <c>K_i ← u_i·k / (√(‖u_i‖² + ε)·√(‖k‖² + ε))</c>; 0 for zeros.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="memory">u <c>[N×(R·W)]</c>.</param>
    /// <param name="key">k <c>[N×W]</c>.</param>
    /// <param name="epsilon">ε, finite and above 0.</param>
    /// <param name="similarity">Receives K <c>[N×R]</c>; shares no memory with the others.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, a matrix is not dense, or the result shares memory with another.</exception>
    /// <exception cref="ArgumentOutOfRangeException">ε is not finite or not above 0.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Similarity<T>(Matrix<T> memory, Matrix<T> key, T epsilon, Matrix<T> similarity) where T : unmanaged, IFloatingPointIeee754<T>
    {
        MemoryShape shape = ShapeOf(memory, similarity, nameof(similarity), key, nameof(key));
        ThrowIfWrong(epsilon);
        OperandCheck.ThrowIfSharesMemory(nameof(similarity), similarity, memory, key);
        SimilarityForward<T>.Run(shape, memory.AsSpan(), key.AsSpan(), similarity.AsSpan(), epsilon);
    }

    /// <summary>The gradients of <see cref="Similarity"/>: with <c>a_i = G_i/(√(‖u_i‖² + ε)·√(‖k‖² + ε))</c>, <c>du_i = a_i·k − G_i·K_i·u_i/(‖u_i‖² + ε)</c> and
    /// <c>dk = Σ_i a_i·u_i − k·Σ_i G_i·K_i/(‖k‖² + ε)</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="upstream">G <c>[N×R]</c>.</param>
    /// <param name="memory">u <c>[N×(R·W)]</c>.</param>
    /// <param name="key">k <c>[N×W]</c>.</param>
    /// <param name="epsilon">ε, as forward.</param>
    /// <param name="memoryGradient">Receives du, of the memory's shape; null for not wanted. It and dk share no memory with the others.</param>
    /// <param name="adds">Whether du is added to what is there.</param>
    /// <param name="keyGradient">Receives dk <c>[N×W]</c>; null for not wanted.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, a matrix is not dense, or a result shares memory with another.</exception>
    /// <exception cref="ArgumentOutOfRangeException">ε is not finite or not above 0.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void SimilarityBackward<T>(
        Matrix<T> upstream, Matrix<T> memory, Matrix<T> key, T epsilon, Matrix<T>? memoryGradient, bool adds, Matrix<T>? keyGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        MemoryShape shape = ShapeOf(memory, upstream, nameof(upstream), key, nameof(key));
        ThrowIfWrong(epsilon);
        OperandCheck.ThrowIfNotGradient(nameof(memoryGradient), memoryGradient, memory, upstream, key);
        OperandCheck.ThrowIfNotGradient(nameof(keyGradient), keyGradient, key, upstream, memory);
        OperandCheck.ThrowIfResultsShareMemory(memoryGradient, keyGradient);
        SimilarityGradients<T>.Run(shape, upstream.AsSpan(), memory.AsSpan(), key.AsSpan(), OperandCheck.SpanOf(memoryGradient), adds, OperandCheck.SpanOf(keyGradient), epsilon);
    }

    /// <summary>What a head reads, the mean of the locations by its weighting: <c>r_j ← Σ_i w_i·M_ij</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="memory">M <c>[N×(R·W)]</c>.</param>
    /// <param name="weights">w <c>[N×R]</c>.</param>
    /// <param name="read">Receives r <c>[N×W]</c>; shares no memory with the others.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, a matrix is not dense, or the result shares memory with another.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Read<T>(Matrix<T> memory, Matrix<T> weights, Matrix<T> read) where T : unmanaged, IFloatingPointIeee754<T>
    {
        MemoryShape shape = ShapeOf(memory, weights, nameof(weights), read, nameof(read));
        OperandCheck.ThrowIfSharesMemory(nameof(read), read, memory, weights);
        ReadForward<T>.Run(shape, memory.AsSpan(), weights.AsSpan(), read.AsSpan());
    }

    /// <summary>The gradients of <see cref="Read"/>: <c>dM_ij = w_i·G_j</c>, <c>dw_i = Σ_j G_j·M_ij</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="upstream">G <c>[N×W]</c>.</param>
    /// <param name="memory">M <c>[N×(R·W)]</c>.</param>
    /// <param name="weights">w <c>[N×R]</c>.</param>
    /// <param name="memoryGradient">Receives dM, of the memory's shape; null for not wanted. It and dw share no memory with the others.</param>
    /// <param name="adds">Whether dM is added to what is there.</param>
    /// <param name="weightsGradient">Receives dw <c>[N×R]</c>; null for not wanted.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, a matrix is not dense, or a result shares memory with another.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void ReadBackward<T>(
        Matrix<T> upstream, Matrix<T> memory, Matrix<T> weights, Matrix<T>? memoryGradient, bool adds, Matrix<T>? weightsGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        MemoryShape shape = ShapeOf(memory, weights, nameof(weights), upstream, nameof(upstream));
        OperandCheck.ThrowIfNotGradient(nameof(memoryGradient), memoryGradient, memory, upstream, weights);
        OperandCheck.ThrowIfNotGradient(nameof(weightsGradient), weightsGradient, weights, upstream, memory);
        OperandCheck.ThrowIfResultsShareMemory(memoryGradient, weightsGradient);
        ReadGradients<T>.Run(shape, upstream.AsSpan(), memory.AsSpan(), weights.AsSpan(), OperandCheck.SpanOf(memoryGradient), adds, OperandCheck.SpanOf(weightsGradient));
    }

    /// <summary>The memory after a head has written, each location erased and added to by its weight: <c>M'_ij ← M_ij·(1 − w_i·e_j) + w_i·a_j</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="memory">M <c>[N×(R·W)]</c>.</param>
    /// <param name="weights">w <c>[N×R]</c>.</param>
    /// <param name="erase">e <c>[N×W]</c>, from 0 to 1.</param>
    /// <param name="add">a <c>[N×W]</c>.</param>
    /// <param name="written">Receives M', of the memory's shape; shares no memory with the others.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, a matrix is not dense, or the result shares memory with another.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Write<T>(Matrix<T> memory, Matrix<T> weights, Matrix<T> erase, Matrix<T> add, Matrix<T> written)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        MemoryShape shape = ShapeOf(memory, weights, nameof(weights), erase, nameof(erase));
        OperandCheck.ThrowIfShapeDiffers(erase, nameof(erase), add, nameof(add));
        OperandCheck.ThrowIfShapeDiffers(memory, nameof(memory), written, nameof(written));
        OperandCheck.ThrowIfSharesMemory(nameof(written), written, memory, weights, erase, add);
        WriteForward<T>.Run(shape, memory.AsSpan(), weights.AsSpan(), erase.AsSpan(), add.AsSpan(), written.AsSpan());
    }

    /// <summary>The gradients of <see cref="Write"/>: <c>dM_ij = G_ij·(1 − w_i·e_j)</c>, <c>dw_i = Σ_j G_ij·(a_j − M_ij·e_j)</c>, <c>de_j = −Σ_i G_ij·M_ij·w_i</c>, <c>da_j = Σ_i G_ij·w_i</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="upstream">G, by M' <c>[N×(R·W)]</c>.</param>
    /// <param name="memory">M <c>[N×(R·W)]</c>.</param>
    /// <param name="weights">w <c>[N×R]</c>.</param>
    /// <param name="erase">e <c>[N×W]</c>.</param>
    /// <param name="add">a <c>[N×W]</c>.</param>
    /// <param name="memoryGradient">Receives dM; may be G; null for not wanted. The results share no memory with the others otherwise.</param>
    /// <param name="weightsGradient">Receives dw <c>[N×R]</c>.</param>
    /// <param name="eraseGradient">Receives de <c>[N×W]</c>.</param>
    /// <param name="addGradient">Receives da <c>[N×W]</c>.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, a matrix is not dense, or a result shares memory with another.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void WriteBackward<T>(
        Matrix<T> upstream, Matrix<T> memory, Matrix<T> weights, Matrix<T> erase, Matrix<T> add, Matrix<T>? memoryGradient, Matrix<T> weightsGradient,
        Matrix<T> eraseGradient, Matrix<T> addGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        MemoryShape shape = ShapeOf(memory, weights, nameof(weights), erase, nameof(erase));
        OperandCheck.ThrowIfShapeDiffers(erase, nameof(erase), add, nameof(add));
        OperandCheck.ThrowIfShapeDiffers(memory, nameof(memory), upstream, nameof(upstream));
        ArgumentNullException.ThrowIfNull(weightsGradient);
        ArgumentNullException.ThrowIfNull(eraseGradient);
        ArgumentNullException.ThrowIfNull(addGradient);
        OperandCheck.ThrowIfNotGradient(nameof(memoryGradient), memoryGradient, memory, weights, erase, add);
        OperandCheck.ThrowIfNotGradient(nameof(weightsGradient), weightsGradient, weights, upstream, memory, erase, add);
        OperandCheck.ThrowIfNotGradient(nameof(eraseGradient), eraseGradient, erase, upstream, memory, weights, add);
        OperandCheck.ThrowIfNotGradient(nameof(addGradient), addGradient, add, upstream, memory, weights, erase);
        OperandCheck.ThrowIfResultsShareMemory(memoryGradient, weightsGradient, eraseGradient, addGradient);
        WriteGradients<T>.Run(
            shape, upstream.AsSpan(), memory.AsSpan(), weights.AsSpan(), erase.AsSpan(), add.AsSpan(), OperandCheck.SpanOf(memoryGradient), weightsGradient.AsSpan(), eraseGradient.AsSpan(),
            addGradient.AsSpan());
    }

    // One operand has a column for each location, another for each entry of a location.
    private static MemoryShape ShapeOf<T>(Matrix<T> memory, Matrix<T> byLocation, string byLocationName, Matrix<T> byEntry, string byEntryName)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(byLocation, byLocationName);
        ArgumentNullException.ThrowIfNull(byEntry, byEntryName);
        var shape = new MemoryShape(memory.RowCount, byLocation.ColumnCount, byEntry.ColumnCount);
        return byLocation.RowCount == shape.Samples && byEntry.RowCount == shape.Samples && memory.ColumnCount > 0
            && memory.ColumnCount == (long)shape.Locations * shape.Width
            ? shape
            : throw new ArgumentException(
                $"A memory [N×(R·W)] goes with {byLocationName} [N×R] and {byEntryName} [N×W]; got {memory.Shape()}, {byLocation.Shape()} and {byEntry.Shape()}.", nameof(memory));
    }

    private static void ThrowIfWrong<T>(T epsilon) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!(epsilon > T.Zero) || !T.IsFinite(epsilon))
        {
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, $"{nameof(epsilon)} must be finite and above 0, got {epsilon}.");
        }
    }
}
