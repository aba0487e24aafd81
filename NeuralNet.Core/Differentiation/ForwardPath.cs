using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Differentiation;

/// <summary>Another way to the output of a function than its main forward pass, such as that which keeps nothing. Both must give the same.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Name">What reports call it.</param>
/// <param name="Forward">The output where the variables stand; the function's own matrix.</param>
public sealed record ForwardPath<T>(string Name, Func<Matrix<T>> Forward) where T : unmanaged, IFloatingPointIeee754<T>;
