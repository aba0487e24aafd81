using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers.Memory;

/// <summary>
/// A neural Turing machine: a controller that writes to a memory and reads from it through heads, which stand at all locations at once, each by a weight, and so have a gradient.
/// </summary>
/// <remarks>
/// <para><b>A step.</b> <c>h_t = tanh([x_t, r_(t−1)]·W_c + b_c)</c>, each head's numbers are an affine map of h_t. Heads that write go first, one after the other; those that read see what was written;
/// <c>y_t = [h_t, r_t]·W_y + b_y</c>.</para>
/// <para><b>Addressing.</b> Of a head's numbers z come a key <c>k = tanh z_k</c>, a strength <c>β = softplus z_β</c>, a gate <c>g = σ(z_g)</c>, shares of shifts <c>s = softmax z_s</c> and a power <c>γ = 1 + softplus z_γ</c>. With
/// K_i the cosine of k and location i (<see cref="NeuralNet.Core.Gates.CosineSimilarityGate{T}"/>) the weighting is <c>w^c = softmax(β·K)</c>, <c>w^g = g·w^c + (1 − g)·w_(t−1)</c>, <c>w̃ = s ∗ w^g</c> around the circle of
/// locations, <c>w_i = w̃_i^γ/Σ_k w̃_k^γ</c>. Reading is <c>r = Σ_i w_i·M_i</c>; writing, with <c>e = σ(z_e)</c> and <c>a = tanh z_a</c>, <c>M_i ← M_i∗(1 − w_i·e) + w_i·a</c>.</para>
/// <para><b>Begin.</b> All of the memory is 1e-6, each head stands at location 0, nothing has been read: <c>r_0 = 0</c>.</para>
/// <para><b>Shapes.</b> X <c>[N×(C·T)]</c>, C values at each of T steps (<see cref="SampleShape.Sequence"/>), T being whatever the columns make of it; Y <c>[N×(O·T)]</c>.</para>
/// <para><b>Memory.</b> For a way back the memory of each step is kept, <c>[N×(R·W)]</c>, and there is one gradient of it, which the steps change as they go back; all buffers
/// are those of the steps, so sequences of any length up to one seen before allocate nothing but their output: with more than <see cref="Cache{T}.ShapesPerBuffer"/> lengths in turns say so (<see cref="Cache{T}.RememberedShapes"/>).</para>
/// <para><b>Cached.</b> What all gates of all steps keep. <b>Parameters.</b> <c>controller.0</c>, <c>write0</c>, <c>read0</c>, … and <c>output</c>, each with <c>weight</c> and <c>bias</c>. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// <para><b>Source.</b> Graves, Wayne and Danihelka (2014), "Neural Turing Machines", with a controller that is feed-forward; the constant begin as in Collier and Beel (2018).</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed partial class NeuralTuringMachine<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Sequential<T> _controller;
    private readonly MemoryHead<T>[] _heads;
    private readonly Linear<T> _output;

    /// <summary>A machine with random weights (<see cref="NeuralNet.Core.Initializers.GlorotUniform"/>) and biases of zeros.</summary>
    /// <param name="inputs">C, values of a step, 1 or more.</param>
    /// <param name="outputs">O, values of a step of the output, 1 or more.</param>
    /// <param name="hidden">H, entries of h, 1 or more.</param>
    /// <param name="locations">R, locations of the memory, 1 or more.</param>
    /// <param name="width">W, entries of a location, 1 or more.</param>
    /// <param name="random">The generator that the weights are drawn from.</param>
    /// <param name="readHeads">Heads that read, 1 or more; 1 by default.</param>
    /// <param name="writeHeads">Heads that write, 1 or more; 1 by default.</param>
    /// <param name="shifts">S, locations that a head can go to in a step, as many back as on: odd, at most R; 3 by default, or 1 where there are fewer locations.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, or a matrix would be larger than an array.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public NeuralTuringMachine(
        int inputs, int outputs, int hidden, int locations, int width, Random random, int readHeads = 1, int writeHeads = 1, int? shifts = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(locations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)locations * width, Array.MaxLength, nameof(locations));
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(readHeads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(writeHeads, 1);
        (Inputs, Outputs, Hidden, Locations, Width) = (inputs, outputs, hidden, locations, width);
        (ReadHeads, WriteHeads, Shifts) = (readHeads, writeHeads, shifts ?? (locations < 3 ? 1 : 3));
        if (Shifts < 1 || Shifts > locations || Shifts % 2 == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(shifts), Shifts, $"{nameof(shifts)} must be odd and from 1 to the {locations} locations, got {Shifts}.");
        }

        var gates = new HeadGates<T>(width, Shifts);
        int read = checked(readHeads * width);
        _controller = new Sequential<T>(new Linear<T>(checked(inputs + read), hidden, random), new Tanh<T>());
        _heads =
        [
            .. Enumerable.Range(0, writeHeads).Select(i => new MemoryHead<T>($"write{i}", writes: true, new Linear<T>(hidden, gates.OfWriting, random), gates)),
            .. Enumerable.Range(0, readHeads).Select(i => new MemoryHead<T>($"read{i}", writes: false, new Linear<T>(hidden, gates.OfAddress, random), gates)),
        ];
        _output = new Linear<T>(checked(hidden + read), outputs, random);
        Children = [new("controller", _controller), .. _heads.Select(head => new NamedGate<T>(head.Name, head.Affine)), new("output", _output)];
    }

    /// <summary>C, values of a step of the input.</summary>
    public int Inputs { get; }

    /// <summary>O, values of a step of the output.</summary>
    public int Outputs { get; }

    /// <summary>H, entries of the controller's output.</summary>
    public int Hidden { get; }

    /// <summary>R, locations of the memory.</summary>
    public int Locations { get; }

    /// <summary>W, entries of a location.</summary>
    public int Width { get; }

    /// <summary>Heads that read.</summary>
    public int ReadHeads { get; }

    /// <summary>Heads that write.</summary>
    public int WriteHeads { get; }

    /// <summary>S, locations that a head can go to in a step.</summary>
    public int Shifts { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<NamedGate<T>> Children { get; }

    /// <inheritdoc/>
    public override GateDescription Description => new(
        Kind, ("inputs", Inputs), ("outputs", Outputs), ("hidden", Hidden), ("locations", Locations), ("width", Width), ("readHeads", ReadHeads), ("writeHeads", WriteHeads),
        ("shifts", Shifts));

    /// <summary>Such as <c>NeuralTuringMachine(9 → 8, hidden 100, memory 128×20)</c>, with what is not the default.</summary>
    public override string Name =>
        $"{Kind}({Inputs} → {Outputs}, hidden {Hidden}, memory {Locations}×{Width}{(ReadHeads > 1 ? $", {ReadHeads} read heads" : "")}{(WriteHeads > 1 ? $", {WriteHeads} write heads" : "")}{(Shifts == 3 ? "" : $", {Shifts} shifts")})";

    /// <summary>O channels at the steps of the input, which has C; a vector is one step, and gives a vector.</summary>
    /// <inheritdoc/>
    public override SampleShape? OutputShape(SampleShape? input)
    {
        ChannelView.ThrowIfWrong(this, input, Inputs);
        return input switch
        {
            { Rank: > 1 } shape => throw new ArgumentException($"{this} expects sequences, {Inputs}×T, got {shape}, which has {shape.Rank} axes of positions.", nameof(input)),
            null => null,
            { Rank: 0 } => Outputs,
            SampleShape shape => shape.WithChannels(Outputs),
        };
    }

    /// <summary>Where a head that reads stood in a step of the last forward pass.</summary>
    /// <param name="cache">The cache of that pass, which keeps.</param>
    /// <param name="step">The step, from 0.</param>
    /// <param name="head">Which of the heads, from 0.</param>
    /// <returns>The weighting <c>[N×R]</c>, valid until the next forward pass with this cache.</returns>
    /// <exception cref="InvalidOperationException">No forward pass was completed with this cache, or it keeps nothing.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such step or head.</exception>
    public Matrix<T> ReadWeights(Cache<T> cache, int step, int head = 0) => Weights(cache, step, head, ReadHeads, WriteHeads);

    /// <summary>Where a head that writes stood in a step of the last forward pass.</summary>
    /// <inheritdoc cref="ReadWeights"/>
    public Matrix<T> WriteWeights(Cache<T> cache, int step, int head = 0) => Weights(cache, step, head, WriteHeads, 0);

    private Matrix<T> Weights(Cache<T> cache, int step, int head, int heads, int first)
    {
        ArgumentNullException.ThrowIfNull(cache);
        Matrix<T> input = cache.Recall(this)[0];
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, input.ColumnCount / Inputs);
        ArgumentOutOfRangeException.ThrowIfNegative(head);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(head, heads);
        return new MachineStep<T>(this, cache, step, input.ColumnCount / Inputs, input.RowCount).Head(first + head).Weights;
    }
}
