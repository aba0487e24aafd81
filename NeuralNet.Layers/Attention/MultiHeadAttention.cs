using System.Numerics;
using NeuralNet.Core;

namespace NeuralNet.Layers.Attention;

/// <summary>Self-attention with several heads: each step asks all steps, and gets the mean of their values, weighted by how well their keys answer its query.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X and Y <c>[N×(E·T)]</c>, T steps of E channels; seen as <c>[(N·T)×E]</c>, <c>[Q K V] = X·W + b</c> with W <c>[E×3E]</c>. Head h has the channels <c>h·d</c> to
/// <c>(h + 1)·d − 1</c> of Q, K and V, <c>d = E/H</c>; for each head of each sample <c>P = softmax(Q·Kᵀ/√d)</c> <c>[T×T]</c> and <c>O = P·V</c> <c>[T×d]</c>; the heads side by
/// side are <c>[(N·T)×E]</c>, and <c>Y = O·W_o + b_o</c>.</para>
/// <para><b>Masks.</b> Causal is a setting: step t looks at steps 0 to t. Padding is a second input: <see cref="Masked{T}"/>. A step that may look at nothing gets zeros as O.</para>
/// <para><b>Rotary.</b> Queries and keys are turned, pairs of channels (2j, 2j + 1) of a head by <c>t·10000^(−2j/d)</c>, so a score depends on how far apart two steps are.</para>
/// <para><b>Gradients.</b> <c>dV = Pᵀ·dO</c>, <c>dP = dO·Vᵀ</c>, <c>dS = P ∗ (dP − rowsum(dP ∗ P))</c>, <c>dQ = dS·K/√d</c>, <c>dK = dSᵀ·Q/√d</c>; the projections' as in
/// <see cref="Linear{T}"/>.</para>
/// <para><b>Cached.</b> X, Q, K, V, O and the probabilities P, <c>N·H·T²</c> numbers: reading them is faster than computing them again. A pass that keeps nothing has no more scores at
/// a time than a block of 64 queries of a head for each thread.</para>
/// <para><b>Parameters.</b> <c>in_proj_weight</c> <c>[E×3E]</c> (in files <c>[3E, E]</c>, as PyTorch has it), <c>in_proj_bias</c>, <c>out_proj.weight</c>, <c>out_proj.bias</c>: the names of
/// PyTorch's <c>nn.MultiheadAttention</c>.</para>
/// <para><b>Source.</b> Vaswani and others (2017), section 3.2; Su and others (2021), RoFormer. <b>Threads.</b> See <see cref="Gate{T}"/>; the bits do not depend on their number.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed partial class MultiHeadAttention<T> : SequenceLayer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Linear<T> _in;
    private readonly Linear<T> _out;
    private readonly RotaryAngles<T>? _angles;

    /// <summary>A layer with weights from <see cref="NeuralNet.Core.Initializers.GlorotUniform"/> and biases of zeros.</summary>
    /// <param name="width">E, channels of a step, 1 or more.</param>
    /// <param name="heads">H, 1 or more, a divisor of the width.</param>
    /// <param name="random">The generator that the weights are drawn from.</param>
    /// <param name="causal">Whether a step looks only at those up to itself; by default at all.</param>
    /// <param name="context">The most steps of a sequence, 1 or more; null, the default, for any. Needed for <paramref name="rotary"/>, and to go step by step.</param>
    /// <param name="rotary">Whether queries and keys are turned by their positions; by default they are not. A head has an even width then.</param>
    /// <param name="bias">Whether the projections have biases; by default they have.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    /// <exception cref="ArgumentException">The heads do not divide the width, or rotary lacks a context or an even width of a head.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public MultiHeadAttention(int width, int heads, Random random, bool causal = false, int? context = null, bool rotary = false, bool bias = true)
        : base(width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(context ?? 1, 1, nameof(context));
        if (width % heads != 0)
        {
            throw new ArgumentException($"The heads of MultiHeadAttention divide its width, got {heads} heads and a width of {width}.", nameof(heads));
        }

        (Heads, IsCausal, Context, IsRotary) = (heads, causal, context, rotary);
        if (rotary)
        {
            _angles = context is int steps && HeadWidth % 2 == 0 ? new RotaryAngles<T>(steps, HeadWidth) : throw new ArgumentException(
                $"A rotary MultiHeadAttention needs a context and an even width of a head, got {(context is null ? "no context" : $"a width of {HeadWidth}")}.", nameof(rotary));
        }

        _in = new Linear<T>(width, checked(3 * width), random, bias: bias);
        _out = new Linear<T>(width, width, random, bias: bias);
        OwnParameters = [.. _in.Parameters.Select(named => named with { Name = $"in_proj_{named.Name}" })];
        Children = [new("out_proj", _out)];
    }

    /// <summary>H, the heads.</summary>
    public int Heads { get; }

    /// <summary>d, channels of a head.</summary>
    public int HeadWidth => Width / Heads;

    /// <summary>Whether queries and keys are turned by their positions.</summary>
    public bool IsRotary { get; }

    /// <summary>W, <c>[E×3E]</c>: the columns of Q, then of K, then of V.</summary>
    public Parameter<T> InWeight => _in.Weight;

    /// <summary>b, <c>[1×3E]</c>, or null for a layer without.</summary>
    public Parameter<T>? InBias => _in.Bias;

    /// <summary>The projection of the heads side by side.</summary>
    public Linear<T> OutProjection => _out;

    /// <inheritdoc/>
    public override int? Context { get; }

    /// <inheritdoc/>
    public override bool IsCausal { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<NamedGate<T>> Children { get; }

    /// <inheritdoc/>
    public override GateDescription Description
    {
        get
        {
            (string, object)[] settings = [("width", Width), ("heads", Heads), ("causal", IsCausal), ("rotary", IsRotary), ("bias", InBias is not null)];
            return new(Kind, Context is int context ? [.. settings, ("context", context)] : settings);
        }
    }

    /// <summary><c>MultiHeadAttention(128, 4 heads, causal)</c>.</summary>
    public override string Name => $"MultiHeadAttention({Width}, {Heads} heads{(IsCausal ? ", causal" : "")}{(IsRotary ? ", rotary" : "")})";

    /// <inheritdoc/>
    protected override IReadOnlyList<NamedParameter<T>> OwnParameters { get; }
}
