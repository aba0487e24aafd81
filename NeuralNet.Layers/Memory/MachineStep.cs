using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Layers.Memory;

/// <summary>The caches and buffers of a step of a <see cref="NeuralTuringMachine{T}"/>. The gates of the first step have the caches of the machine's children.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Cache">The machine's cache.</param>
/// <param name="Step">The step, from 0.</param>
/// <param name="Steps">T.</param>
/// <param name="Samples">N.</param>
internal readonly record struct MachineStep<T>(NeuralTuringMachine<T> Machine, Cache<T> Cache, int Step, int Steps, int Samples) where T : unmanaged, IFloatingPointIeee754<T>
{
    // Of all steps: the output, the gradient by the input, then these and a gradient carried for each head.
    private const int FirstMemorySlot = 2, FirstWeightsSlot = 3, MemoryGradientSlot = 4, CarriedSlot = 5;

    private const int OwnSlots = 4, SlotsOfHead = 2 + HeadCaches<T>.Slots;

    /// <summary>Whether there is no step before.</summary>
    public bool IsFirst => Step == 0;

    /// <summary>Whether there is no step behind.</summary>
    public bool IsLast => Step == Steps - 1;

    /// <summary>The step before.</summary>
    public MachineStep<T> Before => this with { Step = Step - 1 };

    /// <summary>The cache of the controller.</summary>
    public Cache<T> Controller => Cache[FirstPart];

    /// <summary>The cache of the affine map to the output.</summary>
    public Cache<T> Output => Cache[FirstPart + 1 + Heads];

    /// <summary>What the controller reads <c>[N×(C + r)]</c>.</summary>
    public Matrix<T> ControllerInput => Own(0, Machine.Inputs + (Machine.ReadHeads * Machine.Width));

    /// <summary>What the output is made of <c>[N×(H + r)]</c>.</summary>
    public Matrix<T> OutputInput => Own(1, Machine.Hidden + (Machine.ReadHeads * Machine.Width));

    /// <summary>The gradient by the output of the step <c>[N×O]</c>.</summary>
    public Matrix<T> Upstream => Own(2, Machine.Outputs);

    /// <summary>The gradient by the controller's output <c>[N×H]</c>.</summary>
    public Matrix<T> OfHidden => Own(3, Machine.Hidden);

    /// <summary>The memory that the first step begins with <c>[N×(R·W)]</c>.</summary>
    public Matrix<T> FirstMemory => Cache.Buffer(FirstMemorySlot, Samples, Machine.Locations * Machine.Width);

    /// <summary>The weighting that the first step begins with <c>[N×R]</c>.</summary>
    public Matrix<T> FirstWeights => Cache.Buffer(FirstWeightsSlot, Samples, Machine.Locations);

    /// <summary>The gradient by the memory, of all steps.</summary>
    public Matrix<T> MemoryGradient => Cache.Buffer(MemoryGradientSlot, Samples, Machine.Locations * Machine.Width);

    private int Heads => Machine.ReadHeads + Machine.WriteHeads;

    private int FirstPart => Step * (2 + (Heads * (1 + HeadCaches<T>.Parts)));

    private int FirstSlot => CarriedSlot + Heads + (Step * (OwnSlots + (Heads * SlotsOfHead)));

    /// <summary>The cache of a head's affine map.</summary>
    /// <param name="head">Which of all heads.</param>
    public Cache<T> Affine(int head) => Cache[FirstPart + 1 + head];

    /// <summary>The caches and buffers of a head.</summary>
    /// <param name="head">Which of all heads, from 0.</param>
    public HeadCaches<T> Head(int head) => new(
        this, head, FirstPart + 2 + Heads + (head * HeadCaches<T>.Parts), FirstSlot + OwnSlots + (head * SlotsOfHead) + 2);

    /// <summary>The memory that a head finds: that of the step before, or what the heads before it have written; those that read find what all have written.</summary>
    /// <param name="head">Which of all heads.</param>
    public Matrix<T> MemoryOf(int head) => head > 0 ? Result(Math.Min(head, Machine.WriteHeads) - 1) : IsFirst ? FirstMemory : Before.MemoryOf(Heads);

    /// <summary>The weighting that a head had in the step before.</summary>
    /// <param name="head">Which of all heads.</param>
    public Matrix<T> WeightsBefore(int head) => IsFirst ? FirstWeights : Before.Head(head).Weights;

    /// <summary>What a head gives: the memory after it has written, or what it reads <c>[N×W]</c>.</summary>
    /// <param name="head">Which of all heads.</param>
    public Matrix<T> Result(int head) =>
        OfHead(head, 0, head < Machine.WriteHeads ? Machine.Locations * Machine.Width : Machine.Width);

    /// <summary>The gradient by what a head reads <c>[N×W]</c>.</summary>
    /// <param name="head">Which of all heads.</param>
    public Matrix<T> OfRead(int head) => OfHead(head, 1, Machine.Width);

    /// <summary>The gradient by the weighting of a head that one step sends to the one before <c>[N×R]</c>.</summary>
    /// <param name="head">Which of all heads.</param>
    public Matrix<T> Carried(int head) => Cache.Buffer(CarriedSlot + head, Samples, Machine.Locations);

    private Matrix<T> Own(int slot, int columns) => Cache.Buffer(FirstSlot + slot, Samples, columns);

    private Matrix<T> OfHead(int head, int slot, int columns) => Cache.Buffer(FirstSlot + OwnSlots + (head * SlotsOfHead) + slot, Samples, columns);
}
