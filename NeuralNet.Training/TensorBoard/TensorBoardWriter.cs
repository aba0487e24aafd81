using System.Globalization;
using System.Numerics;

namespace NeuralNet.Training.TensorBoard;

/// <summary>Writes what a training run tells of itself into a file of events that TensorBoard shows: <c>tensorboard --logdir folder</c>.</summary>
/// <remarks>
/// <para>Each writer makes a file of its own, <c>events.out.tfevents.SECONDS.NAME</c>, in the folder of the run; TensorBoard compares runs by their
/// folders. What was written
/// reaches the file at <see cref="Flush"/>, <see cref="Dispose"/> or when a buffer is full, and TensorBoard can read while the run goes on.</para>
/// <para><b>Allocation.</b> None in steady state. <b>Threads.</b> One at a time.</para>
/// <para><b>Source.</b> The format of TensorFlow's event files: TFRecord frames around Event messages in protocol buffers.</para>
/// </remarks>
public sealed class TensorBoardWriter : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly EventFile _file;
    private readonly EventMessage _message = new();
    private HistogramBuckets? _buckets;
    private bool _isDisposed;

    /// <summary>Makes the file, and the folder if it is not there.</summary>
    /// <param name="folder">The folder of the run.</param>
    /// <param name="name">How the file's name ends; null (the default) for the name of the machine. Where there is such a file already, a number is
    /// added.</param>
    /// <param name="clock">Tells the time of each event; null (the default) for the system's.</param>
    /// <exception cref="ArgumentException">The folder or the name is empty, or the name is no part of a file's name.</exception>
    /// <exception cref="IOException">The folder or the file cannot be made; the message says which.</exception>
    public TensorBoardWriter(string folder, string? name = null, TimeProvider? clock = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        name ??= Environment.MachineName;
        if (string.IsNullOrWhiteSpace(name) || name.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
        {
            throw new ArgumentException($"The name of an event file must be usable in a file's name, got '{name}'.", nameof(name));
        }

        _clock = clock ?? TimeProvider.System;
        FileStream stream = Create(folder, name, _clock.GetUtcNow().ToUnixTimeSeconds());
        FilePath = stream.Name;
        _file = new EventFile(stream);
        _file.Write(_message.Version(Now));
    }

    /// <summary>The file that is written.</summary>
    public string FilePath { get; }

    private double Now => (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    /// <summary>Writes a number, a point of a curve.</summary>
    /// <param name="tag">The name of the curve; what stands before a slash groups curves: <c>loss/train</c>.</param>
    /// <param name="value">The number. The file keeps it as a <see cref="float"/>; NaN and infinities are kept and shown as such.</param>
    /// <param name="step">Where on the axis: the training step, 0 or more.</param>
    /// <exception cref="ArgumentException">The tag is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public void Scalar(string tag, double value, long step)
    {
        Check(tag, step);
        _file.Write(_message.Scalar(Now, step, tag, (float)value));
    }

    /// <summary>Writes how numbers are spread, such as the entries of a weight or of its gradient.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="tag">The name of the histogram.</param>
    /// <param name="values">The numbers, finite, at least one. They are counted in buckets whose limits grow by a tenth.</param>
    /// <param name="step">The training step, 0 or more.</param>
    /// <exception cref="ArgumentException">The tag is empty, there are no numbers, or one is not finite, for which a histogram has no place.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public void Histogram<T>(string tag, ReadOnlySpan<T> values, long step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Check(tag, step);
        if (values.IsEmpty)
        {
            throw new ArgumentException($"The histogram '{tag}' needs at least one number, got none.", nameof(values));
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (!T.IsFinite(values[i]))
            {
                string wrong = values[i].ToString(null, CultureInfo.InvariantCulture);
                throw new ArgumentException($"The histogram '{tag}' needs finite numbers; number {i} of {values.Length} is {wrong}.", nameof(values));
            }
        }

        _buckets ??= new HistogramBuckets();
        _buckets.Fill(values);
        _file.Write(_message.Histogram(Now, step, tag, _buckets));
    }

    /// <summary>Writes a text, such as the settings of a run or the table of a confusion matrix.</summary>
    /// <param name="tag">The name of the text.</param>
    /// <param name="markdown">The text, which TensorBoard shows as Markdown.</param>
    /// <param name="step">The training step, 0 or more.</param>
    /// <exception cref="ArgumentException">The tag is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public void Text(string tag, string markdown, long step)
    {
        Check(tag, step);
        ArgumentNullException.ThrowIfNull(markdown);
        _file.Write(_message.Text(Now, step, tag, markdown));
    }

    /// <summary>Hands what was written to the operating system, so that TensorBoard finds it.</summary>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public void Flush()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _file.Flush();
    }

    /// <summary>Writes what is left and closes the file.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _file.Dispose();
        _message.Dispose();
    }

    private void Check(string tag, long step)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentException.ThrowIfNullOrWhiteSpace(tag);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
    }

    private static FileStream Create(string folder, string name, long seconds)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{seconds:D10}.{name}"));
            // Two writers in one second have a file each.
            for (int number = 2; File.Exists(path); number++)
            {
                path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{seconds:D10}.{name}.{number}"));
            }

            return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"No event file can be made in the folder '{folder}': {exception.Message}", exception);
        }
    }
}
