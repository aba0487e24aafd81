namespace NeuralNet.Tests.Examples;

/// <summary>The command line of the benchmarks. Nothing is measured: what is wrong is found before.</summary>
internal sealed class BenchmarksTests
{
    [TestCase("--help")]
    [TestCase("-h")]
    [TestCase("step --help")]
    public void Run_Help_SaysHow(string arguments)
    {
        (int exitCode, string[] lines, string errors) = Run(arguments);

        exitCode.ShouldBe(0, errors);
        lines[0].ShouldStartWith("usage: ");
        lines.ShouldContain(line => line.Contains("--only TEXT", StringComparison.Ordinal));
    }

    [TestCase("", "Say what to measure")]
    [TestCase("stepp", "'stepp' is not something to measure")]
    [TestCase("step --fast", "'--fast' is not an option")]
    [TestCase("step --json", "--json needs a value")]
    [TestCase("step --json --peers", "--json needs a value")]
    [TestCase("step --only", "--only needs a value")]
    [TestCase("step --rounds 0", "--rounds", "'0'")]
    [TestCase("step --rounds 1,000", "--rounds", "'1,000'")]
    [TestCase("epoch", "epoch needs --data")]
    public void Run_CommandLineThatIsNotUnderstood_SaysWhyAndHow(string arguments, params string[] parts)
    {
        string errors = Failure(arguments, parts);
        errors.ShouldContain("usage: ");
    }

    [TestCase("step --only nothing", "no case of step has 'nothing' in its name", "2→8→1, batch 4")]
    [TestCase("gemm --only 2→8→1", "no case of gemm has '2→8→1' in its name", "float NN 256×256×256")]
    [TestCase("scaling --only nothing", "no case of scaling", "1024×1024×1024")]
    [TestCase("alloc --only nothing", "no case of alloc", "2→8→1, batch 4")]
    [TestCase("startup --only nothing", "no case of startup", "compiled ahead of time")]
    [TestCase("all --only nothing", "no case of all", "lecture float")]
    public void Run_OnlyOfNothing_FailsAndListsTheNames(string arguments, params string[] parts) => Failure(arguments, parts);

    [TestCase("step --json /dev/null/x.json", "--json: '/dev/null/x.json' cannot be written")]
    [TestCase("step --json /", "--json: '/' cannot be written")]
    [TestCase("epoch --data /nowhere", "--data: The folder '/nowhere' does not exist")]
    public void Run_PathThatIsInTheWay_IsSaidInOneLineBeforeMeasuring(string arguments, string part) =>
        Failure(arguments, part).TrimEnd().ShouldNotContain("\n");

    private static string Failure(string arguments, params string[] parts)
    {
        (int exitCode, string[] lines, string errors) = Run(arguments);
        exitCode.ShouldBe(2);
        lines.ShouldBe([""]);
        errors.ShouldNotContain("   at ");
        foreach (string part in parts)
        {
            errors.ShouldContain(part);
        }

        return errors;
    }

    private static (int ExitCode, string[] Lines, string Errors) Run(string arguments) => ExampleProgram.Run("NeuralNet.Benchmarks", arguments);
}
