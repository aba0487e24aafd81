using System.Numerics;
using NeuralNet.Benchmarks.Cases;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Initializers;
using NeuralNet.Layers;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Benchmarks.Jobs;

/// <summary>A network in training, in the form that users write it: forward, loss, gradients, update.</summary>
internal sealed class TrainingRun<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly SumSquaredError<T> _squares = new();
    private readonly Cache<T> _cache = new();
    private readonly Cache<T> _lossCache = new();

    /// <param name="network">What to train.</param>
    /// <param name="bias">The lecture's program has no biases.</param>
    /// <param name="initializer">How weights are drawn; null for the layers' default.</param>
    /// <param name="optimizer">Makes what trains it; null for plain SGD.</param>
    public TrainingRun(Network network, bool bias = true, Initializer? initializer = null, Func<IReadOnlyList<NamedParameter<T>>, Optimizer<T>>? optimizer = null)
    {
        var random = new Random(1);
        var layers = new List<Layer<T>>();
        foreach ((int inputs, int outputs) in network.Sizes.Zip(network.Sizes.Skip(1)))
        {
            layers.Add(new Linear<T>(inputs, outputs, random, initializer, bias));
            layers.Add(network.Activation == "sigmoid" ? new Sigmoid<T>() : new ReLU<T>());
        }

        Model = new Sequential<T>(layers.SkipLast(1));
        Optimizer = optimizer?.Invoke(Model.Parameters) ?? new SGD<T>(Model.Parameters, T.CreateChecked(network.Rate));
    }

    /// <summary>Any network, with plain SGD.</summary>
    public TrainingRun(Sequential<T> model, double rate) => (Model, Optimizer) = (model, new SGD<T>(model.Parameters, T.CreateChecked(rate)));

    public Sequential<T> Model { get; }

    public Optimizer<T> Optimizer { get; }

    public SoftmaxCrossEntropy<T> CrossEntropy { get; } = new();

    /// <summary>One step of classification, and its loss.</summary>
    public T Step(Matrix<T> inputs, ReadOnlyMemory<int> labels) => Step(CrossEntropy, inputs, labels);

    /// <summary>One step of regression, and its loss.</summary>
    public T Step(Matrix<T> inputs, Matrix<T> targets) => Step(_squares, inputs, targets);

    private T Step<TTarget>(Loss<T, TTarget> loss, Matrix<T> inputs, TTarget target)
    {
        T value = loss.Forward(Model.Forward(inputs, _cache), target, _lossCache);
        Optimizer.ZeroGradients();
        loss.Backward(_lossCache, Model, _cache);
        Optimizer.Step();
        return value;
    }
}
