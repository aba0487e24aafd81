using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers.Recurrent;

/// <summary>What <see cref="RNN{T}"/>, <see cref="GRU{T}"/> and <see cref="LSTM{T}"/> have in common: a cell that goes over the steps of sequences, in layers and directions.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X <c>[N×(C·T)]</c>, C values at each of T steps (<see cref="SampleShape.Sequence"/>), T being whatever the columns make of it; Y <c>[N×(D·H·T)]</c>, h of
/// the last layer at each step, that of the forward direction before that of the other (D is 1 or 2). With <c>lastStep</c>, Y is <c>[N×(D·H)]</c>: h when each direction has read all
/// of its sequence, the forward one at its last step, the other at its first.</para>
/// <para><b>Memory.</b> Within, a sample's entries lie side by side and the samples of a step behind each other, <c>[H×(N·T)]</c>: a step is one stretch of memory, and the product of the inputs'
/// weights and all gradients by weights are one product over all steps. Groups of 16 samples go through the steps on a thread each; sums of groups are added in their order, so
/// bits do not depend on threads.</para>
/// <para><b>Sequences of different lengths.</b> <see cref="RecurrentGate{T}"/> takes lengths, and what h and c begin with, beside X.</para>
/// <para><b>State between passes.</b> A pass begins with h and c of zeros. <see cref="RecurrentState"/> makes the passes with a cache go on from each other: for truncated
/// backpropagation, and for inference step by step.</para>
/// <para><b>Cached.</b> The gates' values, h and c of all steps. <b>Parameters.</b> For each layer and direction <c>weight_ih_l0</c> <c>[C×kH]</c>, <c>weight_hh_l0</c> <c>[H×kH]</c>, in files
/// <c>[kH, C]</c> and <c>[kH, H]</c>, and <c>bias_ih_l0</c>, <c>bias_hh_l0</c> <c>[1×kH]</c>, named and ordered as in PyTorch, <c>_reverse</c> behind those of the other direction; k gates one behind
/// the other. Weights are regularised, biases are not. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract partial class RecurrentLayer<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RecurrentSettings _settings;
    private readonly RecurrentCell<T> _cell;
    private readonly RecurrentDirection<T>[] _directions;

    private protected RecurrentLayer(RecurrentCell<T> cell, RecurrentSettings settings)
    {
        settings.ThrowIfWrong();
        (_cell, _settings) = (cell, settings);
        _directions = new RecurrentDirection<T>[checked(settings.Layers * settings.Directions)];
        for (int i = 0; i < _directions.Length; i++)
        {
            _directions[i] = new RecurrentDirection<T>(cell, settings, i / settings.Directions, i % settings.Directions, FirstSlotOf(i));
        }

        OwnParameters = [.. _directions.SelectMany(direction => direction.Parameters)];
    }

    private protected RecurrentLayer(
        RecurrentCell<T> cell, RecurrentSettings settings, Random random, Initializer? initializer, Initializer? recurrentInitializer)
        : this(cell, settings)
    {
        ArgumentNullException.ThrowIfNull(random);
        foreach (RecurrentDirection<T> direction in _directions)
        {
            direction.Draw(random, initializer, recurrentInitializer);
        }
    }

    /// <summary>C, values of a step of the input.</summary>
    public int Inputs => _settings.Inputs;

    /// <summary>H, entries of h.</summary>
    public int Hidden => _settings.Hidden;

    /// <summary>D·H, values of a step of the output: 2·H where both directions are read.</summary>
    public int Outputs => _settings.Outputs;

    /// <summary>L, layers on top of each other.</summary>
    public int LayerCount => _settings.Layers;

    /// <summary>Whether each layer reads the sequence in both directions.</summary>
    public bool IsBidirectional => _settings.IsBidirectional;

    /// <summary>Whether the output is h of the last step alone.</summary>
    public bool IsLastStep => _settings.IsLastStep;

    /// <summary>Numbers of a state: h of each layer and direction, H each, in the order of the parameters, and then c of each, where there is one.</summary>
    public int StateSize => _directions.Length * Hidden * (_cell.HasState ? 2 : 1);

    /// <summary>Such as <c>LSTM(32 → 128)</c>, with what is not the default.</summary>
    public override string Name => $"{Kind}({_settings})";

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, _settings.ByName());

    /// <inheritdoc/>
    protected override IReadOnlyList<NamedParameter<T>> OwnParameters { get; }

    /// <summary>D·H channels at the steps of the input, which has C; a vector is one step, and gives a vector, as all do at the last step only.</summary>
    /// <inheritdoc/>
    public override SampleShape? OutputShape(SampleShape? input)
    {
        ChannelView.ThrowIfWrong(this, input, Inputs);
        return input switch
        {
            { Rank: > 1 } shape => throw new ArgumentException($"{this} expects sequences, {Inputs}×T, got {shape}, which has {shape.Rank} axes of positions.", nameof(input)),
            _ when IsLastStep => Outputs,
            null => null,
            { Rank: 0 } => Outputs,
            SampleShape shape => shape.WithChannels(Outputs),
        };
    }

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache) => Run(this, input, null, null, cache);

    /// <inheritdoc/>
    protected override Matrix<T>? BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache) =>
        RunBack(upstream, input, hasLengths: false, isInputWanted, null, cache);
}
