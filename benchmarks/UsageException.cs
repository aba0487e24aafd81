namespace NeuralNet.Benchmarks;

/// <summary>The command line cannot be followed; the message says what is wrong with it.</summary>
/// <param name="message">The message.</param>
/// <param name="isAboutTheLine">Whether it is not understood, so that it helps to show how it is written; false where something that it names is in the way.</param>
internal sealed class UsageException(string message, bool isAboutTheLine = true) : Exception(message)
{
    /// <summary>Whether it helps to show how the command line is written.</summary>
    public bool IsAboutTheLine => isAboutTheLine;
}
