using Spectre.Console;

namespace NeuralNet.Examples.Mnist;

/// <summary>A bar that fills during an epoch where there is a terminal; a line when the epoch is over in any case.</summary>
internal sealed class EpochProgress : IDisposable
{
    private const int Width = 30;
    private readonly string _title;
    private readonly int _steps;
    private readonly bool _isTerminal = !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;
    private int _done;

    public EpochProgress(string title, int steps) => (_title, _steps) = (title, steps);

    /// <summary>One more batch is done.</summary>
    public void Advance()
    {
        _done++;
        int filled = _done * Width / _steps;
        if (_isTerminal && filled != (_done - 1) * Width / _steps)
        {
            AnsiConsole.Markup($"\r{Markup.Escape(_title)}  [green]{new string('━', filled)}[/][grey]{new string('━', Width - filled)}[/]");
        }
    }

    /// <summary>The epoch is over: its figures take the place of the bar.</summary>
    public void Finish(string figures)
    {
        Clear();
        Console.WriteLine($"{_title}  {figures}");
        _done = 0;
    }

    /// <summary>Takes away a bar that an error has left behind.</summary>
    public void Dispose() => Clear();

    private void Clear()
    {
        if (_isTerminal && _done > 0)
        {
            Console.Write($"\r{new string(' ', _title.Length + 2 + Width)}\r");
        }
    }
}
