using System.Runtime.InteropServices;

namespace NeuralNet.Examples.Mnist;

/// <summary>Ctrl-C, and what a system sends to a program that is to end: the training ends after its step, and is saved.</summary>
internal sealed class Signals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;

    private Signals(CancellationTokenSource source) =>
        _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            // The second one ends the program at once.
            context.Cancel = !source.IsCancellationRequested;
            source.Cancel();
        }))];

    /// <summary>Cancels a source at the first signal, until the result is disposed.</summary>
    public static IDisposable Cancel(CancellationTokenSource source) => new Signals(source);

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());
}
