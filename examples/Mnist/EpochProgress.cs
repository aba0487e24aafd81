using Spectre.Console;

namespace NeuralNet.Examples.Mnist;

/// <summary>A bar that fills during an epoch where there is a terminal; a line when the epoch is over in any case.</summary>
/// <remarks>The bar stays within one line of the terminal, since the carriage return before the next one goes back to the start of a line only: it is as
/// short as need be, and where there is no room for it, there is none.</remarks>
internal sealed class EpochProgress : IDisposable
{
    private const int Widest = 30;
    private const int Narrowest = 5;
    private const int Gap = 2;

    private readonly string _title;
    private readonly int _steps;
    private readonly IAnsiConsole _console;
    private readonly bool _isTerminal;
    private int _done;
    private int _shown = -1;
    private int _length;

    /// <summary>The bar of an epoch, none of whose steps is done.</summary>
    /// <param name="title">What stands before the bar.</param>
    /// <param name="steps">Steps of the epoch, 1 or more.</param>
    public EpochProgress(string title, int steps)
        : this(title, steps, AnsiConsole.Console, !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi)
    {
    }

    /// <summary>As the other, on another console.</summary>
    /// <param name="title">What stands before the bar.</param>
    /// <param name="steps">Steps of the epoch, 1 or more.</param>
    /// <param name="console">Where it is written.</param>
    /// <param name="isTerminal">Whether that is a terminal, on which a line can be written again.</param>
    public EpochProgress(string title, int steps, IAnsiConsole console, bool isTerminal) =>
        (_title, _steps, _console, _isTerminal) = (title, steps, console, isTerminal);

    /// <summary>One more batch is done.</summary>
    public void Advance()
    {
        _done++;
        // The last column stays free: some terminals go to the next line as soon as it is written.
        int width = Math.Min(Widest, _console.Profile.Width - _title.Length - Gap - 1);
        if (!_isTerminal || width < Narrowest)
        {
            return;
        }

        int filled = (int)((long)_done * width / _steps);
        if (filled != _shown)
        {
            _console.Markup($"\r{Markup.Escape(_title)}  [green]{new string('━', filled)}[/][grey]{new string('━', width - filled)}[/]");
            (_shown, _length) = (filled, _title.Length + Gap + width);
        }
    }

    /// <summary>The epoch is over: its figures take the place of the bar.</summary>
    /// <param name="loss">Mean loss of the training samples.</param>
    /// <param name="accuracy">Accuracy on the test samples.</param>
    /// <param name="duration">Time that the steps took.</param>
    public void Finish(double loss, double accuracy, TimeSpan duration)
    {
        Clear();
        Console.WriteLine($"{_title}  loss {loss:F6}  test accuracy {accuracy:F4}  {duration.TotalSeconds:F1} s");
    }

    /// <summary>Takes away a bar that an error has left behind.</summary>
    public void Dispose() => Clear();

    private void Clear()
    {
        if (_length > 0)
        {
            _console.Profile.Out.Writer.Write($"\r{new string(' ', _length)}\r");
            _console.Profile.Out.Writer.Flush();
            _length = 0;
        }
    }
}
