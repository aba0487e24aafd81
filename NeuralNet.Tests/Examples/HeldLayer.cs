using NeuralNet.Core;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Tests.Examples;

/// <summary>Gives back its input, two numbers a sample, when it is let; a first number of 13 is a fault.</summary>
internal sealed class HeldLayer : Layer<float>
{
    /// <summary>Lets passes go on.</summary>
    public ManualResetEventSlim Gate { get; } = new(initialState: true);

    public override SampleShape? InputShape => 2;

    protected override Matrix<float> ForwardCore(Matrix<float> input, Cache<float> cache)
    {
        Gate.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
        return input[0, 0] == 13 ? throw new InvalidOperationException("secret") : input;
    }

    protected override Matrix<float>? BackwardCore(Matrix<float> upstream, Matrix<float> input, Matrix<float> output, bool isInputWanted, Cache<float> cache) => upstream;
}
