using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Randomness;

namespace NeuralNet.Layers.Attention;

/// <summary>A block of a transformer: attention, and a network of two linear layers with a GELU between for each step alone, each with a way around it and a layer norm.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X and Y <c>[N×(E·T)]</c>, T steps of E channels; the hidden layer of the network has F.</para>
/// <para><b>Formulas.</b> Norm first: <c>H = X + drop(attention(norm1(X)))</c>, <c>Y = H + drop(network(norm2(H)))</c>. Norm last, as Vaswani and others had it:
/// <c>H = norm1(X + drop(attention(X)))</c>, <c>Y = norm2(H + drop(network(H)))</c>. Norm first trains without a warm-up of the learning rate.</para>
/// <para><b>Gradients.</b> Those of the parts; at a way around both ways add up. <b>Cached.</b> By the parts.</para>
/// <para><b>Parameters.</b> Those of the parts: <c>self_attn.…</c>, <c>linear1.…</c>, <c>linear2.…</c>, <c>norm1.…</c>, <c>norm2.…</c>, the names of PyTorch's
/// <c>nn.TransformerEncoderLayer</c>. Dropout stands where the ways join, not on probabilities or hidden values.</para>
/// <para><b>Source.</b> Vaswani and others (2017), section 3; Xiong and others (2020) on where the norm stands. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed partial class TransformerBlock<T> : SequenceLayer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly MultiHeadAttention<T> _attention;
    private readonly Linear<T> _linear1, _linear2;
    private readonly GELU<T> _activation;
    private readonly LayerNorm<T> _norm1, _norm2;
    private readonly Dropout<T>? _dropout1, _dropout2;

    /// <summary>A block with random weights.</summary>
    /// <param name="width">E, channels of a step, 1 or more.</param>
    /// <param name="heads">Heads of the attention, 1 or more, a divisor of the width.</param>
    /// <param name="random">The generator that the weights are drawn from, and that those of the dropouts are forked from.</param>
    /// <param name="hidden">F, 1 or more; null, the default, for 4·E.</param>
    /// <param name="causal">Whether a step looks only at those up to itself; by default at all.</param>
    /// <param name="normFirst">Whether the norms stand before the parts, the default, or behind the ways around.</param>
    /// <param name="dropout">The probability that an entry is dropped where the ways join, from 0, the default, to below 1.</param>
    /// <param name="context">The most steps of a sequence, 1 or more; null, the default, for any. Needed for <paramref name="rotary"/>, and to go step by step.</param>
    /// <param name="rotary">Whether queries and keys are turned by their positions; by default they are not.</param>
    /// <param name="tanh">Whether the GELU is the approximation with tanh; by default it is exact.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    /// <exception cref="ArgumentException">The heads do not divide the width, or rotary lacks a context or an even width of a head.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public TransformerBlock(
        int width, int heads, Philox random, int? hidden = null, bool causal = false, bool normFirst = true, double dropout = 0, int? context = null, bool rotary = false,
        bool tanh = false)
        : this(
            new MultiHeadAttention<T>(width, heads, random, causal, context, rotary), new Linear<T>(width, hidden ?? checked(4 * width), random), new GELU<T>(tanh),
            new Linear<T>(hidden ?? (4 * width), width, random), new LayerNorm<T>(width, perPosition: true), new LayerNorm<T>(width, perPosition: true),
            dropout == 0 ? null : new Dropout<T>(dropout, random.Fork(1)), dropout == 0 ? null : new Dropout<T>(dropout, random.Fork(2)), normFirst)
    {
    }

    /// <summary>A block of its parts.</summary>
    internal TransformerBlock(
        MultiHeadAttention<T> attention, Linear<T> linear1, GELU<T> activation, Linear<T> linear2, LayerNorm<T> norm1, LayerNorm<T> norm2, Dropout<T>? dropout1,
        Dropout<T>? dropout2, bool normFirst)
        : base(attention.Width)
    {
        (_attention, _linear1, _activation, _linear2, _norm1, _norm2, _dropout1, _dropout2) = (attention, linear1, activation, linear2, norm1, norm2, dropout1, dropout2);
        IsNormFirst = normFirst;
        if (linear1.Weight.Value.RowCount != Width || linear2.Weight.Value.ColumnCount != Width || linear2.Weight.Value.RowCount != Hidden)
        {
            throw new ArgumentException($"A TransformerBlock of width {Width} needs a network from {Width} to {Width}, got {linear1} and {linear2}.", nameof(linear1));
        }

        NamedGate<T>[] parts =
        [
            new("self_attn", attention), new("linear1", linear1), new("activation", activation), new("linear2", linear2), new("norm1", norm1), new("norm2", norm2),
        ];
        Children = dropout1 is null || dropout2 is null ? parts : [.. parts, new("dropout1", dropout1), new("dropout2", dropout2)];
    }

    /// <summary>The attention.</summary>
    public MultiHeadAttention<T> Attention => _attention;

    /// <summary>F, channels of the hidden layer.</summary>
    public int Hidden => _linear1.Weight.Value.ColumnCount;

    /// <summary>Whether the norms stand before the parts.</summary>
    public bool IsNormFirst { get; }

    /// <inheritdoc/>
    public override int? Context => _attention.Context;

    /// <inheritdoc/>
    public override bool IsCausal => _attention.IsCausal;

    /// <inheritdoc/>
    public override IReadOnlyList<NamedGate<T>> Children { get; }

    /// <inheritdoc/>
    public override GateDescription Description => new(
        Kind, ("width", Width), ("heads", _attention.Heads), ("hidden", Hidden), ("causal", IsCausal), ("normFirst", IsNormFirst), ("dropout", _dropout1?.Probability ?? 0),
        ("rotary", _attention.IsRotary), ("tanh", _activation.IsTanh));

    /// <summary><c>TransformerBlock(128, 4 heads, causal)</c>.</summary>
    public override string Name => $"TransformerBlock({Width}, {_attention.Heads} heads{(IsCausal ? ", causal" : "")}{(IsNormFirst ? "" : ", norm last")})";
}
