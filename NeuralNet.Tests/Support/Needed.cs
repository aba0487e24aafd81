namespace NeuralNet.Tests.Support;

/// <summary>Libraries and programs that a machine may lack.</summary>
internal static class Needed
{
    /// <summary>The environment variable that, set to <c>required</c>, makes a missing library a failure: CI sets it, having installed them.</summary>
    public const string EnvironmentVariable = "NEURALNET_TESTS_NATIVE";

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
