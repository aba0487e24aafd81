using System.Globalization;

namespace NeuralNet.Tests.Examples;

internal sealed class TabularTests
{
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory();

    [TearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);

    [Test]
    public void Run_InventedHouses_LearnsWhatMakesThePrice()
    {
        (int exitCode, string[] lines, string errors) = ExampleProgram.Run("Tabular", $"--out \"{File("houses.csv")}\" --report \"{File("report.html")}\"");

        exitCode.ShouldBe(0, errors);
        string[] table = System.IO.File.ReadAllLines(File("houses.csv"));
        table.Length.ShouldBe(1501);
        table[0].ShouldBe("area,rooms,year,distance,district,heating,garden,price");
        table.ShouldContain(line => line.Contains(",,", StringComparison.Ordinal));
        lines.ShouldContain("rows: 1020 to train with, 255 to stop by, 225 to judge by");
        Figure(lines, "R² ").ShouldBeGreaterThan(0.95);

        // Invented so: a square metre costs 4.1 at the Harbour and 2.7 in Mill Road, a garden is worth 25, and kilometres cost.
        Change(lines, "area", 1).ShouldBeGreaterThan(30);
        Change(lines, "distance", 0).ShouldBeGreaterThan(5);
        Change(lines, "distance", 1).ShouldBeLessThan(-5);
        (Change(lines, "district Harbour") - Change(lines, "district Mill Road")).ShouldBeGreaterThan(40);
        Change(lines, "garden yes").ShouldBe(25, 15);

        string report = System.IO.File.ReadAllText(File("report.html"));
        report.ShouldContain("Predicting price");
        report.ShouldContain("</html>");
    }

    [Test]
    public void Run_SameSeed_PrintsTheSame()
    {
        string[] first = Output("--seed 4");

        Output("--seed 4").ShouldBe(first);
        Output("--seed 5").ShouldNotBe(first);
    }

    [Test]
    public void Run_TableOfOnesOwn_PredictsItsColumn()
    {
        // Twice x and ten more for 'b', with a comma and quotes in a category and a gap in x.
        var random = new Random(1);
        string Row(int i) => i == 7 ? "NA,a,5" : i % 2 == 0 ? Number(random.NextDouble(), 0, "a") : Number(random.NextDouble(), 10, "\"b, \"\"big\"\"\"");
        static string Number(double x, double more, string kind) => string.Create(CultureInfo.InvariantCulture, $"{x},{kind},{(2 * x) + more}");
        System.IO.File.WriteAllLines(File("own.csv"), Enumerable.Range(0, 300).Select(Row).Prepend("x,kind,y"));

        (int exitCode, string[] lines, string errors) = ExampleProgram.Run("Tabular", $"--data \"{File("own.csv")}\" --target y");

        exitCode.ShouldBe(0, errors);
        lines.ShouldContain("features: x, kind=a, kind=b, \"big\"");
        Figure(lines, "R² ").ShouldBeGreaterThan(0.98);
    }

    [TestCase("x,y\n1,2\n3\n", "--target y", "line 3", "1 cells")]
    [TestCase("x,y\n1,2\n3,4\n", "--target z", "no column 'z'", "'x', 'y'")]
    [TestCase("x,y\na,b\nc,d\ne,f\ng,h\ni,j\nk,l\nm,n\n", "--target y", "is not a number")]
    [TestCase("y\n1\n2\n3\n4\n5\n6\n7\n8\n9\n", "--target y", "no columns left")]
    [TestCase("x,y\n1,2\n", "--target y", "every part needs one or more")]
    [TestCase("", "", "is empty")]
    public void Run_TableThatDoesNotFit_SaysWhyWithoutAStackTrace(string table, string arguments, params string[] parts)
    {
        System.IO.File.WriteAllText(File("bad.csv"), table);
        ShouldFail($"--data \"{File("bad.csv")}\" {arguments}", parts);
    }

    [TestCase("--data does-not-exist.csv", "does-not-exist.csv")]
    [TestCase("--report /dev/null/a.html", "--report: '/dev/null/a.html' cannot be written")]
    [TestCase("--out /dev/null/a.csv", "/dev/null/a.csv")]
    [TestCase("--seed x", "'x'")]
    public void Run_BadArgument_NamesItAndFailsWithoutAStackTrace(string arguments, string part) => ShouldFail(arguments, part);

    private static void ShouldFail(string arguments, params string[] parts)
    {
        (int exitCode, _, string errors) = ExampleProgram.Run("Tabular", arguments);
        exitCode.ShouldBe(1);
        errors.ShouldNotContain("   at ");
        foreach (string part in parts)
        {
            errors.ShouldContain(part);
        }
    }

    private string File(string name) => Path.Combine(_folder.FullName, name);

    private string[] Output(string arguments)
    {
        (int exitCode, string[] lines, string errors) = ExampleProgram.Run("Tabular", $"--out \"{File("houses.csv")}\" {arguments}");
        exitCode.ShouldBe(0, errors);
        return lines;
    }

    // The number behind a name in the line that begins with "test: ".
    private static double Figure(string[] lines, string name) => double.Parse(
        lines.Single(line => line.StartsWith("test: ", StringComparison.Ordinal)).Split(name)[1].Split(' ')[0], CultureInfo.InvariantCulture);

    // The last cell of one of the lines that begin with a column, or a column and a value.
    private static double Change(string[] lines, string begin, int line = 0) => double.Parse(
        lines.Where(text => string.Join(' ', Words(text)).StartsWith($"{begin} ", StringComparison.Ordinal)).ElementAt(line).Split(' ')[^1], CultureInfo.InvariantCulture);

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
