using System.Numerics;
using NeuralNet.Core.Kernels.Attention;

namespace NeuralNet.Core.Operations;

/// <content>Between the order of a batch and panels, and the rotation of panels.</content>
public static partial class AttentionOperations
{
    /// <summary>Brings the steps of samples into panels: column <c>h·d + c</c> of <c>[(N·T)×C]</c> at row <c>i + t·N</c> becomes row t, column c of panel <c>h·N + i</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="steps">The steps, <c>[(N·T)×C]</c>, T being their length by N and C.</param>
    /// <param name="samples">N, 1 or more.</param>
    /// <param name="channels">C, a multiple of d.</param>
    /// <param name="width">d, 1 or more.</param>
    /// <param name="panels">Receives the panels <c>[T×d]</c>; as long as the steps, with which it shares no memory.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or both share memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void ToHeads<T>(ReadOnlySpan<T> steps, int samples, int channels, int width, Span<T> panels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfNotHeads(steps, samples, channels, width, panels);
        HeadCopy<T>.Run(true, steps, samples, channels, width, panels);
    }

    /// <summary>The way back of <see cref="ToHeads{T}"/>, of panels <c>[T×d]</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="panels">The panels.</param>
    /// <param name="samples">N, 1 or more.</param>
    /// <param name="channels">C, a multiple of d.</param>
    /// <param name="width">d, 1 or more.</param>
    /// <param name="steps">Receives the steps, <c>[(N·T)×C]</c>; shares no memory with the panels.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or both share memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void FromHeads<T>(ReadOnlySpan<T> panels, int samples, int channels, int width, Span<T> steps) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfNotHeads<T>(steps, samples, channels, width, panels);
        HeadCopy<T>.Run(false, steps, samples, channels, width, panels);
    }

    /// <summary>Turns pairs of columns of each panel, in place: columns 2j and 2j + 1 of row t by the angle <c>θ_tj</c>, <c>(x, y) ← (x·cos θ − y·sin θ, x·sin θ + y·cos θ)</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="panels">Panels <c>[T×d]</c>, one after another; T is their length by count and d.</param>
    /// <param name="count">Panels, 1 or more.</param>
    /// <param name="width">d, an even number.</param>
    /// <param name="cosines"><c>cos θ</c>, <c>[context×d/2]</c>.</param>
    /// <param name="sines"><c>sin θ</c>, as the cosines.</param>
    /// <param name="first">The row of the tables that belongs to row 0 of the panels; <c>first + T</c> is at most the context.</param>
    /// <param name="isBack">Whether by −θ: the gradient's way.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the panels share memory with the tables.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Rotate<T>(Span<T> panels, int count, int width, ReadOnlySpan<T> cosines, ReadOnlySpan<T> sines, int first, bool isBack)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        int context = width < 2 || width % 2 != 0 || cosines.Length != sines.Length || cosines.Length % (width / 2) != 0 ? -1 : cosines.Length / (width / 2);
        if (context < 0 || count < 1 || panels.Length % ((long)count * width) != 0 || first < 0 || first + (panels.Length / ((long)count * width)) > context)
        {
            throw new ArgumentException(
                $"A rotation needs {count} panels of an even width, got {panels.Length} elements of width {width}, and angles for each step from {first} on, got {cosines.Length} cosines and {sines.Length} sines.",
                nameof(panels));
        }

        OperandCheck.ThrowIfOverlaps(nameof(panels), panels, nameof(cosines), cosines);
        OperandCheck.ThrowIfOverlaps(nameof(panels), panels, nameof(sines), sines);
        Rotation<T>.Run(panels, count, width, cosines, sines, first, isBack);
    }

    private static void ThrowIfNotHeads<T>(ReadOnlySpan<T> steps, int samples, int channels, int width, ReadOnlySpan<T> panels) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotApart(nameof(panels), panels, nameof(steps), steps);
        if (samples < 1 || channels < 1 || width < 1 || channels % width != 0 || steps.IsEmpty || steps.Length % ((long)samples * channels) != 0)
        {
            throw new ArgumentException(
                $"Steps are [(N·T)×C] with C a multiple of a head's width; got {steps.Length} elements for N = {samples}, C = {channels} and heads of {width}.", nameof(steps));
        }
    }
}
