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
            var state = new FrozenState<T>(network);
            IReadOnlyList<NamedParameter<T>> parameters = network.Parameters;
            return new DifferentiableFunction<T>(
                $"{network} with {loss}{(regularization is null ? "" : $" and {regularization}")}",
                [("input", input), .. parameters.Select(p => new NamedMatrix<T>(p.Name, p.Parameter.Value))],
                () => Matrix<T>.Build.Dense(1, 1, Value()),
                upstream => [.. Gradients(clears: true, throughData: true).Select(gradient => gradient! * upstream[0, 0])])
            {
                TakesUpstream = false,
                BackwardAgain = upstream => [null, .. Gradients(clears: false, throughData: true).Skip(1).Select(gradient => gradient! * upstream[0, 0])],
                OtherBackwards =
                [
                    new("by parameters alone", upstream => [.. Gradients(clears: true, throughData: false).Select(gradient => gradient is null ? null : gradient * upstream[0, 0])]),
                ],
                Changed = () => state.Changed,
            };

            T Value()
            {
                Matrix<T> output = network.Forward(input, cache);
                state.AfterForward(isTraining: true);
                return loss.Forward(output, target, lossCache) + (regularization?.Forward() ?? T.Zero);
            }

            // Through the data is the whole chain rule; without it is what a training step runs.
            List<Matrix<T>?> Gradients(bool clears, bool throughData)
            {
                if (clears)
                {
                    network.ZeroGradients();
                }

                cache.Rewind();
                state.BeforeBackward();
                Matrix<T>? downstream = null;
                try
                {
                    if (throughData)
                    {
                        downstream = network.Backward(loss.Backward(lossCache), cache);
                    }
                    else
                    {
                        loss.Backward(lossCache, network, cache);
                    }
                }
                finally
                {
                    state.AfterBackward();
                }

                regularization?.Backward();
                return [downstream, .. parameters.Select(p => p.Parameter.Gradient)];
            }
        }
    }
}
