namespace NeuralNet.Benchmarks.Cases;

/// <summary>What a figure is given in. Times are measured in microseconds; this turns them into the unit.</summary>
/// <param name="Name">As printed.</param>
/// <param name="IsRate">Whether more is better.</param>
/// <param name="Scale">For a time, what a microsecond is in the unit; for a rate, what one piece of work a microsecond is.</param>
internal sealed record Unit(string Name, bool IsRate, double Scale)
{
    public static Unit Microseconds { get; } = new("µs", IsRate: false, 1);

    public static Unit Seconds { get; } = new("s", IsRate: false, 1e-6);

    public static Unit Gigaflops { get; } = new("GFLOP/s", IsRate: true, 1e-3);

    public static Unit GigabytesPerSecond { get; } = new("GB/s", IsRate: true, 1e-3);

    /// <summary>The figure for work of so many operations that took so long.</summary>
    public double From(double microseconds, double operations) => IsRate ? operations / microseconds * Scale : microseconds * Scale;
}
