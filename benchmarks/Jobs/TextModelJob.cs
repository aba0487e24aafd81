using System.Numerics;
using NeuralNet.Benchmarks.Cases;
using NeuralNet.Core;
using NeuralNet.Core.Randomness;
using NeuralNet.Layers;
using NeuralNet.Layers.Attention;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Benchmarks.Jobs;

/// <summary>A decoder in training and in use.</summary>
internal static class TextModelJob
{
    /// <summary>A training step with AdamW on one batch.</summary>
    public static Job CreateStep<T>(TextModel model) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Sequential<T> network = Network<T>(model);
        var optimizer = new AdamW<T>(network.Parameters, T.CreateChecked(1e-3), T.CreateChecked(0.01));
        var loss = new SoftmaxCrossEntropy<T>(positions: model.Steps);
        Cache<T> cache = new(), lossCache = new();
        Matrix<T> tokens = Tokens<T>(model, model.Batch, model.Steps);
        ReadOnlyMemory<int> labels = Enumerable.Range(0, model.Batch * model.Steps).Select(i => i % model.Vocabulary).ToArray();
        return new Job(() =>
        {
            loss.Forward(network.Forward(tokens, cache), labels, lossCache);
            optimizer.ZeroGradients();
            loss.Backward(lossCache, network, cache);
            optimizer.Step();
        });
    }

    /// <summary>The logits of all steps.</summary>
    public static Job CreateForward<T>(TextModel model) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Sequential<T> network = Network<T>(model);
        var cache = new Cache<T>(training: false);
        Matrix<T> tokens = Tokens<T>(model, model.Batch, model.Steps);
        return new Job(() => network.Forward(tokens, cache));
    }

    /// <summary>As many tokens as the context has, each the likeliest after those before it, by keys and values that are kept.</summary>
    public static Job CreateText<T>(TextModel model) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var steps = new StepByStep<T>(Network<T>(model));
        var cache = new Cache<T>(training: false);
        Matrix<T> token = Tokens<T>(model, 1, 1);
        return new Job(() =>
        {
            token[0, 0] = T.Zero;
            for (int i = 0; i < model.Steps; i++)
            {
                ReadOnlySpan<T> logits = steps.Next(token, i, cache).AsSpan();
                token[0, 0] = T.CreateChecked(System.Numerics.Tensors.TensorPrimitives.IndexOfMax<T>(logits));
            }
        });
    }

    private static Sequential<T> Network<T>(TextModel model) where T : unmanaged, IFloatingPointIeee754<T> =>
        Transformer.Decoder<T>(model.Vocabulary, model.Steps, model.Width, model.Heads, model.Blocks, new Philox(1));

    private static Matrix<T> Tokens<T>(TextModel model, int samples, int steps) where T : unmanaged, IFloatingPointIeee754<T> =>
        Matrix<T>.Build.Dense(samples, steps, (i, t) => T.CreateChecked(((7 * i) + (3 * t)) % model.Vocabulary));
}
