using System.Text.RegularExpressions;

namespace NeuralNet.Tests.Docs;

/// <summary>A page of <c>docs/</c>, whose blocks name where they come from in a comment above them:
/// <c>&lt;!-- NeuralNet.Tests/Docs/File.cs: name --&gt;</c> above code (the region of that file with that name; where there is none, the declaration
/// of that name; where there is none either, the line with that name in quotation marks), and <c>&lt;!-- printed: name --&gt;</c> above what a test prints.</summary>
internal sealed partial class Page
{
    internal static readonly string Root = FindRoot();

    private readonly string _text;

    private Page(string path) => _text = File.ReadAllText(path).ReplaceLineEndings("\n");

    /// <summary>The pages of <c>docs/</c>, the READMEs and CONTRIBUTING, by their paths below the root of the repository.</summary>
    public static IEnumerable<string> All() => Directory
        .EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path))
        .Prepend("packaging/README.md")
        .Prepend("CONTRIBUTING.md")
        .Prepend("README.md");

    /// <summary>A page by its path below the root of the repository.</summary>
    public static Page Read(string path) => new(Path.Combine(Root, path));

    /// <summary>The whole page.</summary>
    public string Text => _text;

    /// <summary>The code blocks that name a source, each with the region it must be.</summary>
    public IEnumerable<(string Source, string Name, string Code)> Sources() =>
        SourceBlock().Matches(_text).Select(match => (match.Groups["source"].Value, match.Groups["name"].Value, match.Groups["code"].Value));

    /// <summary>How many blocks of C# there are, with a source or without.</summary>
    public int CodeBlocks => _text.Split("```csharp\n").Length - 1;

    /// <summary>The block that a test prints.</summary>
    /// <param name="name">Its name in the comment.</param>
    public string Printed(string name) =>
        PrintedBlock().Matches(_text).Single(match => match.Groups["name"].Value == name).Groups["text"].Value;

    /// <summary>A part of a source file, without the indentation that all its lines share.</summary>
    /// <param name="source">The file, below the root of the repository.</param>
    /// <param name="name">The name of the region, of the declaration, or in the line.</param>
    public static string Part(string source, string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Root, source));
        string[] part = [.. Region(lines, name)];
        if (part.Length == 0)
        {
            int declaration = Array.FindIndex(lines, line => Regex.IsMatch(line, $@"^ *(public|protected|internal|private) .*\b{name}\b"));
            part = declaration >= 0 ? Declaration(lines, declaration) : [lines.Single(line => line.Contains($"\"{name}\"", StringComparison.Ordinal))];
        }

        return string.Join("\n", Outdented(part)).Trim('\n');
    }

    // A region may be interrupted by what a reader need not see, such as the usage line of a program or the class of a test: it goes on in another of the
    // same name, at an indentation of its own.
    private static IEnumerable<string> Region(string[] lines, string name)
    {
        List<string> piece = [];
        bool isInside = false;
        foreach (string line in lines)
        {
            if (line.Trim() == $"#region {name}")
            {
                isInside = true;
            }
            else if (isInside && line.Trim().StartsWith("#endregion", StringComparison.Ordinal))
            {
                isInside = false;
                foreach (string outdented in Outdented(piece))
                {
                    yield return outdented;
                }

                piece.Clear();
            }
            else if (isInside)
            {
                piece.Add(line);
            }
        }
    }

    private static IEnumerable<string> Outdented(IReadOnlyCollection<string> lines)
    {
        int indentation = lines.Where(line => line.Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        return lines.Select(line => line.Length > 0 ? line[indentation..] : line);
    }

    // From its comment, unless that is inherited, to its closing brace or semicolon.
    private static string[] Declaration(string[] lines, int first)
    {
        string indentation = lines[first][..^lines[first].TrimStart().Length];
        int last = Array.FindIndex(lines, first, line => line == indentation + "{" || line.EndsWith(';'));
        if (lines[last] == indentation + "{")
        {
            last = Array.IndexOf(lines, indentation + "}", last);
        }

        while (lines[first - 1].StartsWith(indentation + "/// ", StringComparison.Ordinal) && lines[first - 1] != indentation + "/// <inheritdoc/>")
        {
            first--;
        }

        return lines[first..(last + 1)];
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "NeuralNet.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"No NeuralNet.sln above {AppContext.BaseDirectory}.");
    }

    [GeneratedRegex(@"<!-- (?<source>[\w./]+\.cs): (?<name>[\w -]+?) -->\n```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex SourceBlock();

    [GeneratedRegex(@"<!-- printed: (?<name>[\w-]+) -->\n```\w*\n(?<text>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex PrintedBlock();
}
