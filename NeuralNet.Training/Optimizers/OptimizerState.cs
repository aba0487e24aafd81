using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Training.Optimizers;

/// <summary>A matrix that an optimiser keeps for a parameter from step to step, such as <c>0.weight/velocity</c>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Name">The state's own name within an update rule; with the parameter's name and a slash before it where an optimiser lists it.</param>
/// <param name="Value">The matrix.</param>
public readonly record struct OptimizerState<T>(string Name, Matrix<T> Value) where T : unmanaged, IFloatingPointIeee754<T>;
