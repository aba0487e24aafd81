using NeuralNet.Examples.Mnist;
using Spectre.Console;

namespace NeuralNet.Tests.Examples;

/// <summary>The bar of the Mnist example on terminals of all widths. Its title, <c>epoch 1/8</c>, and the gap are 11 columns.</summary>
internal sealed class EpochProgressTests
{
    [TestCase(80, 30)]
    [TestCase(42, 30)]
    [TestCase(41, 29)]
    [TestCase(40, 28)]
    [TestCase(17, 5)]
    public void Advance_Terminal_DrawsABarThatFitsOnOneLine(int columns, int width)
    {
        string written = Epoch(columns, isTerminal: true);

        written.ShouldNotContain("\n");
        string[] bars = written.Split('\r', StringSplitOptions.RemoveEmptyEntries);
        bars.Take(bars.Length - 1).ShouldAllBe(bar => bar == $"epoch 1/8  {new string('━', width)}");
        bars[^1].ShouldBe(new string(' ', 11 + width));
    }

    [TestCase(16)]
    [TestCase(5)]
    [TestCase(1)]
    public void Advance_NoRoomForABar_WritesNothing(int columns) => Epoch(columns, isTerminal: true).ShouldBe("");

    [Test]
    public void Advance_NoTerminal_WritesNothing() => Epoch(80, isTerminal: false).ShouldBe("");

    // Without colours, whose codes take no column.
    private static string Epoch(int columns, bool isTerminal)
    {
        using var writer = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = columns;
        using (var progress = new EpochProgress("epoch 1/8", 100, console, isTerminal))
        {
            for (int step = 0; step < 100; step++)
            {
                progress.Advance();
            }
        }

        return writer.ToString();
    }
}
