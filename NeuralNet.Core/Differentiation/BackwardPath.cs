using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Differentiation;

/// <summary>Another way to the gradients of a function than its main backward pass, such as that by the parameters alone, which training takes.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Name">What reports call it, as in <c>weight by parameters alone</c>.</param>
/// <param name="Backward">From upstream (of the output's shape) to a gradient for each variable in order, null for those that it does not give. It follows a
/// forward pass at the same values and starts from gradients of zero.</param>
public sealed record BackwardPath<T>(string Name, Func<Matrix<T>, IReadOnlyList<Matrix<T>?>> Backward) where T : unmanaged, IFloatingPointIeee754<T>;
