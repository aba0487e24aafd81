namespace NeuralNet.Tests.Reliability.GuardPages;

/// <summary>Where buffers lie.</summary>
internal enum Placement
{
    /// <summary>The first byte of a buffer is the first behind an inaccessible page.</summary>
    BehindAGuard,

    /// <summary>The last byte of a buffer is the last before an inaccessible page.</summary>
    BeforeAGuard,
}
