using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Training.Losses;

namespace NeuralNet.Training.GradientChecking;

/// <summary>Gradient checks of losses, and of networks with the loss at their end.</summary>
public static class GradientCheckExtensions
{
    extension(GradientCheck)
    {
        /// <summary>Checks a loss: by the prediction.</summary>
        /// <typeparam name="TTarget">What the loss compares with.</typeparam>
        /// <param name="loss">The loss.</param>
        /// <param name="prediction">Where: <c>[N×C]</c>, dense. It is moved while the check runs, and restored.</param>
        /// <param name="target">What the prediction should be.</param>
        /// <param name="options">How; null for the defaults.</param>
        public static GradientCheckReport Loss<TTarget>(
            Loss<double, TTarget> loss, Matrix<double> prediction, TTarget target, GradientCheckOptions? options = null) =>
            GradientCheck.Function(DifferentiableFunction<double>.OfLoss(loss, prediction, target), options);

        /// <summary>Checks a network with its loss, data term + regularisation term: by the input and by every parameter.</summary>
        /// <typeparam name="TTarget">What the loss compares with.</typeparam>
        /// <param name="network">The network. The gradients of its parameters are overwritten.</param>
        /// <param name="input">Where: <c>[N×D]</c>, dense. It is moved while the check runs, and restored.</param>
        /// <param name="loss">The data term.</param>
        /// <param name="target">What the output should be.</param>
        /// <param name="regularization">The regularisation term; null for none.</param>
        /// <param name="options">How; null for the defaults.</param>
        public static GradientCheckReport Network<TTarget>(
            Layer<double> network,
            Matrix<double> input,
            Loss<double, TTarget> loss,
            TTarget target,
            Regularization<double>? regularization = null,
            GradientCheckOptions? options = null) =>
            GradientCheck.Function(DifferentiableFunction<double>.OfNetwork(network, input, loss, target, regularization), options);
    }
}
