using System.Reflection;
using NeuralNet.Core.Kernels.Threads;
using NeuralNet.Tests.Reliability.GuardPages;
using NeuralNet.Tests.Reliability.Running;

namespace NeuralNet.Tests.Reliability;

/// <summary>A round of each part of the reliability program, and that the program would notice.</summary>
[NonParallelizable]
internal sealed class ReliabilityTests
{
    private static IEnumerable<string> Parts => PartCatalogue.All.Select(part => part.Name);

    [TestCaseSource(nameof(Parts))]
    public void Part_OneRound_FindsNothing(string name)
    {
        Part part = PartCatalogue.Find(name);
        if (part.Obstacle is { } obstacle)
        {
            Assert.Ignore(obstacle);
        }

        Supervisor.Run(part, rounds: 1, seed: 1, Supervisor.Patience, TestContext.Out.WriteLine);
    }

    [Platform("Linux")]
    [TestCase("read-behind", "ended with exit code")]
    [TestCase("write-before", "ended with exit code")]
    [TestCase("write-beside", "memory before buffer 0, which has 20 bytes, was written")]
    public void Supervisor_AccessOutsideOfABuffer_IsReportedWithItsCase(string fault, string expected)
    {
        string message = Failure(fault, Supervisor.Patience);
        message.ShouldContain(expected);
        message.ShouldContain($"seed 7, case 0: {fault}");
    }

    [Test]
    public void Supervisor_ACaseThatNeverEnds_IsReportedAndEnded()
    {
        string message = Failure("hang", TimeSpan.FromSeconds(3));
        message.ShouldContain("went on with one case for too long");
        message.ShouldContain("seed 7, case 0: hang");
    }

    [Test]
    public void Supervisor_ProcessesThatDisagree_AreReported() => Failure("differ", Supervisor.Patience).ShouldContain("two processes disagree");

    [Test]
    public void Cases_OfGuardPages_HaveEveryKernelThatTakesSpans()
    {
        (KernelCase[] products, KernelCase[] others) = GuardPagePart.Cases();
        Type[] kernels = [.. typeof(WorkerPool).Assembly.GetTypes().Where(type => type.Namespace?.StartsWith("NeuralNet.Core.Kernels", StringComparison.Ordinal) == true
            && type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Any(method => method.GetParameters().Any(parameter => IsSpan(parameter.ParameterType))))];
        kernels.Length.ShouldBeGreaterThan(8);
        kernels.Except(products.Concat(others).Select(kernel => kernel.Kernel)).ShouldBeEmpty();

        static bool IsSpan(Type type) => type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Span<>) || type.GetGenericTypeDefinition() == typeof(ReadOnlySpan<>));
    }

    [TestCase("nothing-like-it")]
    [TestCase("--rounds")]
    [TestCase("--rounds", "0")]
    [TestCase("--rounds", "1.5")]
    [TestCase("--seed", "x")]
    public void Parse_WhatThereIsNot_IsRefused(params string[] arguments) => Should.Throw<UsageException>(() => Options.Parse(arguments));

    [Test]
    public void Parse_PartsAndAmount_AreTaken()
    {
        Options options = Options.Parse(["soak", "--rounds", "50", "threads", "--seed", "-3"]);
        (options.Parts.Select(part => part.Name), options.Rounds, options.Seed).ShouldSatisfyAllConditions(
            all => all.Item1.ShouldBe(["soak", "threads"]), all => all.Rounds.ShouldBe(50), all => all.Seed.ShouldBe(-3));
        Options.Parse([]).Parts.ShouldBe(PartCatalogue.All);
    }

    private static string Failure(string fault, TimeSpan patience) =>
        Should.Throw<DefectException>(() => Supervisor.Run(PartCatalogue.Find(fault), rounds: 1, seed: 7, patience, _ => { })).Message;
}
