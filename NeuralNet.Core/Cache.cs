using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core;

/// <summary>
/// What one <c>Forward</c> keeps for its <c>Backward</c>, and the buffers both write into.
/// </summary>
/// <remarks>
/// <para>The cache is an object of the caller's, not a field of the layer: so one layer can stand twice in a network,
/// several threads can run one model (each with its own cache), and nothing has to be switched between training and evaluation.
/// A container gives each of its parts the cache at its position, <c>cache[i]</c>; caches form the same tree as the network.</para>
/// <para><b>Lifetime.</b> A matrix that a forward or backward pass returns belongs to the cache and holds its values until the next
/// pass of the same kind with that cache; copy it to keep it longer. Inputs are kept by reference, so they must not change
/// between <c>Forward</c> and <c>Backward</c>.</para>
/// <para><b>Allocation.</b> Buffers are kept by shape, of each those <see cref="RememberedShapes"/> that were used last, so a steady training loop
/// allocates nothing, also when a smaller last batch alternates with full ones.</para>
/// <para><b>Threads.</b> One cache serves one thread at a time; a pass that finds another under way throws. What a pass returned is the
/// next one's to overwrite all the same: threads that share a model have a cache each.</para>
/// <para><b>One way back.</b> A forward pass goes with one backward pass, since a second would add the parameters' gradients twice: it throws, unless
/// <see cref="Rewind"/> says that it is meant. <see cref="DetectsChanges"/> finds what was changed in between.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed partial class Cache<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How many shapes of one buffer are remembered unless <see cref="RememberedShapes"/> says more: 4 (full and partial batches of
    /// training and evaluation).</summary>
    public const int ShapesPerBuffer = 4;

    private readonly int _rememberedShapes = ShapesPerBuffer;

    private readonly List<ShapedBuffers<T>> _buffers = [];
    private readonly List<Cache<T>> _parts = [];
    private Matrix<T>[] _matrices = [];
    private int _matrixCount;
    private Matrix<T>?[] _downstream = [];
    private T[] _scalars = [];
    private int _scalarCount;

    /// <summary>A new, empty cache.</summary>
    /// <param name="training">How gates behave: true (the default) as in training, where dropout drops and batch norm uses the batch; false as
    /// in evaluation.</param>
    /// <param name="keeps">Whether a forward pass is remembered for a backward pass; null (the default) for as <paramref name="training"/> is. So
    /// <c>(training: false)</c> is a workspace for inference, which lends its buffers and remembers nothing;
    /// <c>(training: false, keeps: true)</c> gives gradients of the network as it is used; <c>(training: true, keeps: false)</c> behaves as in training
    /// without a way back.</param>
    public Cache(bool training = true, bool? keeps = null) => (IsTraining, Keeps) = (training, keeps ?? training);

    /// <summary>How many shapes of each buffer are remembered, 1 or more; <see cref="ShapesPerBuffer"/> by default. Where more batch sizes than that
    /// alternate, each pass allocates: set it to their number, <c>new Cache&lt;float&gt; { RememberedShapes = 6 }</c>. Parts have the number of the whole.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public int RememberedShapes
    {
        get => _rememberedShapes;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _rememberedShapes = value;
        }
    }

    /// <summary>Whether gates behave as in training.</summary>
    public bool IsTraining { get; }

    /// <summary>Whether a forward pass with this cache is remembered, so that a backward pass can follow.</summary>
    public bool Keeps { get; }

    /// <summary>The gate or loss whose forward pass this cache holds, or null before one has been completed.</summary>
    public object? Owner { get; private set; }

    /// <summary>What the gate of this cache holds beyond matrices for as long as the cache lives, such as the run of a graph.</summary>
    internal object? Attachment { get; set; }

    /// <summary>The cache of the part at a position, for containers. It is made when first asked for.</summary>
    /// <param name="part">Position, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The position is negative.</exception>
    public Cache<T> this[int part]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(part);
            while (part >= _parts.Count)
            {
                _parts.Add(new Cache<T>(IsTraining, Keeps) { IsPart = true, DetectsChanges = DetectsChanges, RememberedShapes = RememberedShapes });
            }

            return _parts[part];
        }
    }

    /// <summary>Forgets what is kept: called when a forward pass starts, so that one which fails leaves nothing to go back through.</summary>
    public void Forget()
    {
        ForgetKept();
        if (!IsPart)
        {
            StartAnew();
        }
    }

    /// <summary>Keeps matrices, by reference, for the backward pass of <paramref name="owner"/>. A cache that does not keep remembers nothing.</summary>
    /// <param name="owner">Who calls: a loss. A gate need not: its inputs and output are kept already.</param>
    /// <param name="matrices">What it wants to find again in <see cref="Recall"/>, in this order.</param>
    public void Keep(object owner, params ReadOnlySpan<Matrix<T>> matrices)
    {
        ForgetKept();
        if (Keeps)
        {
            matrices.CopyTo(Kept(matrices.Length));
            Owner = owner;
            _changes?.Note(owner, _matrices.AsSpan(0, _matrixCount));
        }
    }

    /// <summary>Keeps the inputs and then the output of a gate.</summary>
    /// <param name="owner">The gate that calls.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="output">Its output.</param>
    internal void Keep(Gate<T> owner, ReadOnlySpan<Matrix<T>> inputs, Matrix<T> output)
    {
        ForgetKept();
        if (Keeps)
        {
            Span<Matrix<T>> kept = Kept(inputs.Length + 1);
            inputs.CopyTo(kept);
            kept[^1] = output;
            Owner = owner;
            _changes?.Note(owner, _matrices.AsSpan(0, _matrixCount));
        }
    }

    /// <summary>Keeps numbers for the backward pass of a gate on scalars.</summary>
    /// <param name="owner">The gate that calls.</param>
    /// <param name="scalars">What it wants to find again in <see cref="RecallScalars"/>, in this order.</param>
    public void Keep(object owner, params ReadOnlySpan<T> scalars)
    {
        ForgetKept();
        if (!Keeps)
        {
            return;
        }

        if (_scalars.Length < scalars.Length)
        {
            _scalars = new T[scalars.Length];
        }

        scalars.CopyTo(_scalars);
        _scalarCount = scalars.Length;
        Owner = owner;
    }

    /// <summary>The matrices kept by the last forward pass of <paramref name="owner"/>.</summary>
    /// <param name="owner">The gate that calls.</param>
    /// <exception cref="InvalidOperationException">No forward pass was completed with this cache, or it was that of another gate.</exception>
    public ReadOnlySpan<Matrix<T>> Recall(object owner)
    {
        if (!ReferenceEquals(Owner, owner))
        {
            ThrowNotKeptFor(owner);
        }

        if (_changes is not null)
        {
            _changes.ThrowIfChanged(owner, _matrices.AsSpan(0, _matrixCount));
        }

        return _matrices.AsSpan(0, _matrixCount);
    }

    /// <summary>The numbers kept by the last forward pass of <paramref name="owner"/>.</summary>
    /// <param name="owner">The gate that calls.</param>
    /// <exception cref="InvalidOperationException">No forward pass was completed with this cache, or it was that of another gate.</exception>
    public ReadOnlySpan<T> RecallScalars(object owner)
    {
        if (!ReferenceEquals(Owner, owner))
        {
            ThrowNotKeptFor(owner);
        }

        return _scalars.AsSpan(0, _scalarCount);
    }

    /// <summary>
    /// A matrix to write into, the same one each time for the same slot and shape. Its content is what was last written there,
    /// zeros at first.
    /// </summary>
    /// <param name="slot">Which of the caller's buffers, counted from 0.</param>
    /// <param name="rows">Rows, 0 or more.</param>
    /// <param name="columns">Columns, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slot or a size is negative, or rows × columns is more than an array holds.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public Matrix<T> Buffer(int slot, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        while (slot >= _buffers.Count)
        {
            _buffers.Add(new ShapedBuffers<T>(RememberedShapes));
        }

        return _buffers[slot].Get(rows, columns);
    }

    internal void ForgetKept()
    {
        Owner = null;
        _matrixCount = 0;
        _scalarCount = 0;
    }

    private Span<Matrix<T>> Kept(int count)
    {
        if (_matrices.Length < count)
        {
            _matrices = new Matrix<T>[count];
        }

        _matrixCount = count;
        return _matrices.AsSpan(0, count);
    }

    /// <summary>Room for one gradient an input; what was in it before is left.</summary>
    internal Span<Matrix<T>?> Downstream(int inputs)
    {
        if (_downstream.Length < inputs)
        {
            _downstream = new Matrix<T>?[inputs];
        }

        return _downstream.AsSpan(0, inputs);
    }

    private void ThrowNotKeptFor(object owner)
    {
        if (!Keeps)
        {
            throw new InvalidOperationException(
                $"Backward of {owner} needs a cache that keeps; this one was made for inference and keeps nothing.");
        }

        if (Owner is null)
        {
            throw new InvalidOperationException(
                $"Backward of {owner} came before Forward: no forward pass was completed with this cache. Call Forward with it first.");
        }

        throw new InvalidOperationException(
            Owner.ToString() == owner.ToString()
                ? $"Backward of {owner} was given the cache of another {Owner}. Pass the cache that its own Forward received."
                : $"Backward of {owner} was given the cache of {Owner}. Pass the cache that its own Forward received.");
    }
}
