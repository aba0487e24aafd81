namespace NeuralNet.Tests.Docs.Guide;

/// <summary>Messages that a page quotes.</summary>
internal static class Quoted
{
    /// <summary>Compares a message with the block of a page, whose lines are one.</summary>
    /// <param name="exception">What was thrown; the parameter's name that .NET adds is left out.</param>
    /// <param name="page">The page.</param>
    /// <param name="name">The block.</param>
    /// <param name="folder">A temporary folder that stands in the message and not on the page; null for none.</param>
    public static void ShouldBe(Exception exception, string page, string name, string? folder = null)
    {
        string message = exception.Message.ReplaceLineEndings("\n").Split("\nActual value")[0].Split(" (Parameter '")[0];
        message = folder is null ? message : message.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
        message.TrimEnd().ReplaceLineEndings(" ").ShouldBe(Page.Read(page).Printed(name).ReplaceLineEndings(" "));
    }
}
