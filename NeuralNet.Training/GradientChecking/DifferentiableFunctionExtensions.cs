using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Differentiation;
using NeuralNet.Training.Losses;

namespace NeuralNet.Training.GradientChecking;

/// <summary>Losses, and networks with a loss, as functions that can be checked and have Jacobians.</summary>
public static class DifferentiableFunctionExtensions
{
    extension<T>(DifferentiableFunction<T>) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>A loss at a prediction, as a function of the prediction.</summary>
        /// <typeparam name="TTarget">What the loss compares with.</typeparam>
        /// <param name="loss">The loss.</param>
        /// <param name="prediction"><c>[N×C]</c>, dense.</param>
        /// <param name="target">What the prediction should be.</param>
        public static DifferentiableFunction<T> OfLoss<TTarget>(Loss<T, TTarget> loss, Matrix<T> prediction, TTarget target)
        {
            ArgumentNullException.ThrowIfNull(loss);
            ArgumentNullException.ThrowIfNull(prediction);
            var cache = new Cache<T>();
            return new DifferentiableFunction<T>(
                loss.ToString(),
                [("prediction", prediction)],
                () => Matrix<T>.Build.Dense(1, 1, loss.Forward(prediction, target, cache)),
                upstream => [loss.Backward(upstream[0, 0], cache)]);
        }

        /// <summary>A network with its loss at an input, as a function of the input (named <c>input</c>) and of each parameter.</summary>
        /// <typeparam name="TTarget">What the loss compares with.</typeparam>
        /// <param name="network">The network.</param>
        /// <param name="input"><c>[N×D]</c>, dense.</param>
        /// <param name="loss">The data term.</param>
        /// <param name="target">What the output should be.</param>
        /// <param name="regularization">The regularisation term; null for none.</param>
        public static DifferentiableFunction<T> OfNetwork<TTarget>(
            Layer<T> network, Matrix<T> input, Loss<T, TTarget> loss, TTarget target, Regularization<T>? regularization = null)
        {
            ArgumentNullException.ThrowIfNull(network);
            ArgumentNullException.ThrowIfNull(input);
            ArgumentNullException.ThrowIfNull(loss);
            var cache = new Cache<T>();
            var lossCache = new Cache<T>();
            var start = new StateSnapshot<T>(network);
            IReadOnlyList<NamedParameter<T>> parameters = network.Parameters;
            return DifferentiableFunction<T>.OfScalar(
                $"{network} with {loss}{(regularization is null ? "" : $" and {regularization}")}",
                [("input", input), .. parameters.Select(p => new NamedMatrix<T>(p.Name, p.Parameter.Value))],
                Value,
                () =>
                {
                    network.ZeroGradients();
                    cache.Rewind();
                    Matrix<T> downstream = network.Backward(loss.Backward(lossCache), cache);
                    regularization?.Backward();
                    return [downstream, .. parameters.Select(p => p.Parameter.Gradient)];
                });

            T Value()
            {
                Matrix<T> output = network.Forward(input, cache);
                start.Restore();
                return loss.Forward(output, target, lossCache) + (regularization?.Forward() ?? T.Zero);
            }
        }
    }
}
