using NeuralNet.Core.Providers;

namespace NeuralNet.Tests.Support;

/// <summary>Providers that a machine may lack.</summary>
internal static class Provider
{
    /// <summary>Skips the test, saying why, where the provider is not installed.</summary>
    public static void Require(string name)
    {
        if (!MatrixProviders.Available().Contains(name))
        {
            Needed.IsMissing($"The provider '{name}'");
        }
    }

    /// <summary>Runs an action with a provider and goes back to the one before.</summary>
    public static void With(string name, Action action)
    {
        Require(name);
        string before = MatrixProviders.Active.Name;
        MatrixProviders.Use(name);
        try
        {
            action();
        }
        finally
        {
            MatrixProviders.Use(before);
        }
    }
}
