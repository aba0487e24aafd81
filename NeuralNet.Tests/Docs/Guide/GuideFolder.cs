using System.Globalization;
using NeuralNet.Tests.Training.Data;
using NeuralNet.Training.Data.Images;

namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The files that the programs of docs/guide read, made in a temporary folder; deleted when disposed.</summary>
internal sealed class GuideFolder : IDisposable
{
    private readonly IdxFolder _folder = new();

    /// <summary>The folder.</summary>
    public string Path => _folder.Path;

    /// <summary>A table of 300 flowers of three kinds, which differ in length and width; where <paramref name="isHoled"/>, some lengths are missing.</summary>
    public string Flowers(bool isHoled = false)
    {
        var random = new Random(1);
        (string Name, double Length, double Width)[] kinds = [("daisy", 2, 1), ("iris", 5, 4), ("rose", 8, 1.5)];
        string[] colours = ["red", "white", "blue"];
        IEnumerable<string> rows = Enumerable.Range(0, 300).Select(i =>
        {
            (string name, double length, double width) = kinds[i % 3];
            string measured = isHoled && i % 50 == 0 ? "" : Number(length + random.NextDouble());
            return $"{measured},{Number(width + random.NextDouble())},{colours[random.Next(3)]},{name}";
        });
        return Write("flowers.csv", ["length,width,colour,kind", .. rows]);
    }

    /// <summary>Two more flowers, an iris and a rose, of which the kind is not known.</summary>
    public string NewFlowers() => Write("new-flowers.csv", ["length,width,colour", "5.4,4.6,red", "8.5,2.1,white"]);

    /// <summary>A folder of grey pictures of 8×8 pixels: 40 with a bright column and 40 with a bright row, at any place.</summary>
    public string Pictures()
    {
        var random = new Random(1);
        for (int i = 0; i < 80; i++)
        {
            bool isColumn = i % 2 == 0;
            string of = System.IO.Path.Combine(Path, "pictures", isColumn ? "column" : "row");
            Directory.CreateDirectory(of);
            PngImage.Write(System.IO.Path.Combine(of, $"{i:00}.png"), 8, 8, Line(isColumn, i / 2 % 8, random));
        }

        return System.IO.Path.Combine(Path, "pictures");
    }

    /// <summary>A picture of a bright row.</summary>
    public string Picture()
    {
        string path = System.IO.Path.Combine(Path, "new.png");
        PngImage.Write(path, 8, 8, Line(false, 3, new Random(2)));
        return path;
    }

    /// <summary>Sentences about persons and places, in the CoNLL form.</summary>
    public string Sentences()
    {
        string[] persons = ["Anna", "Bert", "Clara", "Dora"], places = ["Paris", "Rome", "Oslo", "Bern"], verbs = ["lives", "works", "slept"];
        IEnumerable<string> lines =
            from person in persons
            from place in places
            from verb in verbs
            from line in new[] { $"{person} PER", $"{verb} O", "in O", $"{place} LOC", ". O", "" }
            select line;
        return Write("sentences.conll", [.. lines]);
    }

    /// <summary>Writes a file of lines.</summary>
    public string Write(string name, params string[] lines)
    {
        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllLines(path, lines);
        return path;
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Line(bool isColumn, int at, Random random) =>
        [.. Enumerable.Range(0, 64).Select(i => (byte)(random.Next(60) + ((isColumn ? i % 8 : i / 8) == at ? 190 : 0)))];

    private static string Number(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
