namespace NeuralNet.Examples.Serve;

/// <summary>Where the server listens, and what it takes at most.</summary>
internal sealed record ServeOptions
{
    /// <summary>The address, of which port 0 is any that is free; by default of this machine alone.</summary>
    public string Url { get; init; } = "http://127.0.0.1:5080";

    /// <summary>The most samples of a request.</summary>
    public int MostSamples { get; init; } = 1024;

    /// <summary>The most bytes of a request's body.</summary>
    public int MostBytes { get; init; } = 1 << 20;

    /// <summary>How many connections there may be.</summary>
    public int MostConnections { get; init; } = 256;

    /// <summary>How many requests go through the network at a time.</summary>
    public int AtATime { get; init; } = Environment.ProcessorCount;

    /// <summary>How many requests wait for that; more are refused.</summary>
    public int Waiting { get; init; } = 64;
}
