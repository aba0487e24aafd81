namespace NeuralNet.Tests.Support;

/// <summary>Libraries and programs that a machine may lack, or that are not wanted.</summary>
internal static class Needed
{
    /// <summary>The environment variable that, set to <c>required</c>, makes a missing library a failure: CI sets it, having installed them.</summary>
    public const string EnvironmentVariable = "NEURALNET_TESTS_NATIVE";

    /// <summary>Skips a test that runs the project's own programs where <c>NEURALNET_TESTS_PROGRAMS</c> is <c>none</c>: mutation testing changes the code of its own
    /// process, and they are processes of their own.</summary>
    public static void Programs()
    {
        if (Environment.GetEnvironmentVariable("NEURALNET_TESTS_PROGRAMS") == "none")
        {
            Assert.Ignore("NEURALNET_TESTS_PROGRAMS says that no programs are run.");
        }
    }

    /// <summary>Skips the test, naming what is missing; or fails it, where nothing may be missing.</summary>
    /// <param name="what">What is not there.</param>
    public static void IsMissing(string what)
    {
        string reason = $"{what} is not installed on this machine.";
        if (Environment.GetEnvironmentVariable(EnvironmentVariable) == "required")
        {
            Assert.Fail(reason);
        }

        Assert.Ignore(reason);
    }
}
