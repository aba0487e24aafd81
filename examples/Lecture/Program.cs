// The lectures on backpropagation, running: Stanford CS231n lecture 4 and CS224n lecture 3, topic by topic. Every number of the slides is
// computed and printed beside the slide's. With --out DIR the circuits are also written as SVG pictures.
using System.Globalization;
using NeuralNet.Examples;
using NeuralNet.Examples.Lecture;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string? problem = args switch
{
    [] => null,
    ["--out"] or ["--out", ['-', ..], ..] => "--out needs a folder.",
    ["--out", _, var more, ..] => $"'{more}' is one argument too many.",
    ["--out", var name] => ProblemOfFolder(name),
    [var other, ..] => $"'{other}' is not an option.",
};
if (Usage.Answers(args, "Lecture [--out DIR]   DIR receives the circuits as SVG pictures", problem))
{
    return Environment.ExitCode;
}

var figures = new Figures(args is [_, string folder] ? Path.GetFullPath(folder) : null);
Topics.Introduce();
Circuits.Run(figures);
Gates.Run(figures);
Jacobians.Run(figures);
Vectors.Run(figures);
Checks.Run(figures);
Topics.SkipNetworks();
Graphs.Run(figures);
Topics.SkipLargerSystems();
return figures.Report();

// Made if need be; whether a picture can be written there is tried before the first one is drawn.
static string? ProblemOfFolder(string name)
{
    if (File.Exists(name))
    {
        return $"--out: '{name}' is a file, not a folder.";
    }

    try
    {
        return Usage.ProblemOfWriting(Path.Combine(Directory.CreateDirectory(name).FullName, ".picture")) is { } problem ? $"--out: {problem}" : null;
    }
    catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
    {
        return $"--out: the folder '{name}' cannot be made: {error.Message}";
    }
}
