using System.Numerics;
using NeuralNet.Core.Kernels.Threads;
using NeuralNet.Core.Kernels.Transposing;

namespace NeuralNet.Core.Kernels.Attention;

/// <summary>Between steps as samples hold them, <c>[(N·T)×C]</c> with the sample fastest, and a panel <c>[T×d]</c> of its own for each head of each sample: for each
/// channel a transposition of <c>[N×T]</c>.</summary>
internal sealed unsafe class HeadCopy<T> : IParallelWork where T : unmanaged, IFloatingPointIeee754<T>
{
    // Elements of a piece of work, and below which sharing costs more than it saves.
    private const int PieceLength = 8 * 1024;
    private const int LeastShared = 32 * 1024;

    [ThreadStatic]
    private static HeadCopy<T>? _ofThread;

    private T* _steps;
    private T* _panels;
    private bool _toPanels;
    private int _samples, _length, _channels, _width, _pieceChannels;
    private nint _panelStep;

    /// <summary>Copies.</summary>
    /// <param name="toPanels">Whether into the panels, or back out of them.</param>
    /// <param name="steps">The steps, <c>[(N·T)×C]</c>, of which T is 1 or more; written on the way back.</param>
    /// <param name="samples">N, 1 or more.</param>
    /// <param name="channels">C, a multiple of d.</param>
    /// <param name="width">d.</param>
    /// <param name="panels">The panels, one after another; panel <c>h·N + i</c> is head h of sample i. As long as the steps; written on the way there.</param>
    public static void Run(bool toPanels, ReadOnlySpan<T> steps, int samples, int channels, int width, ReadOnlySpan<T> panels)
    {
        fixed (T* pSteps = steps, pPanels = panels)
        {
            HeadCopy<T> work = _ofThread ??= new HeadCopy<T>();
            work._steps = pSteps;
            work._panels = pPanels;
            (work._toPanels, work._samples, work._channels, work._width) = (toPanels, samples, channels, width);
            work._length = steps.Length / (samples * channels);
            work._panelStep = (nint)work._length * width;
            work._pieceChannels = Math.Max(1, PieceLength / (samples * work._length));
            WorkerPool.Shared.Run(work, WorkPieces.Count(channels, work._pieceChannels), steps.Length >= LeastShared);
        }
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int first = piece * _pieceChannels, end = Math.Min(first + _pieceChannels, _channels);
        for (int channel = first; channel < end; channel++)
        {
            T* steps = _steps + ((nint)channel * _samples * _length);
            T* column = _panels + ((nint)(channel / _width) * _samples * _panelStep) + ((nint)(channel % _width) * _length);
            if (_toPanels)
            {
                ToPanels(steps, column);
            }
            else
            {
                FromPanels(column, steps);
            }
        }
    }

    private void ToPanels(T* steps, T* column)
    {
        if (_samples == 1)
        {
            new ReadOnlySpan<T>(steps, _length).CopyTo(new Span<T>(column, _length));
            return;
        }

        int t = 0;
        for (; t <= _length - Transposition<T>.Runs; t += Transposition<T>.Runs)
        {
            T* from = steps + ((nint)t * _samples);
            Transposition<T>.FourRuns(new(from, _samples), new(from + (Transposition<T>.Runs * _samples), _samples), _samples, column + t, _panelStep);
        }

        for (; t < _length; t++)
        {
            for (int i = 0; i < _samples; i++)
            {
                column[t + (i * _panelStep)] = steps[i + ((nint)t * _samples)];
            }
        }
    }

    private void FromPanels(T* column, T* steps)
    {
        int i = 0;
        for (; i <= _samples - Transposition<T>.Runs; i += Transposition<T>.Runs)
        {
            T* from = column + (i * _panelStep);
            Transposition<T>.FourRuns(new(from, _panelStep), new(from + (Transposition<T>.Runs * _panelStep), _panelStep), _length, steps + i, _samples);
        }

        for (; i < _samples; i++)
        {
            for (int t = 0; t < _length; t++)
            {
                steps[i + ((nint)t * _samples)] = column[t + (i * _panelStep)];
            }
        }
    }
}
