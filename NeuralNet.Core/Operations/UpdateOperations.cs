using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Kernels.Elementwise;

namespace NeuralNet.Core.Operations;

/// <summary>Steps of update rules for one parameter, each in one pass over its gradient, its states and its value, in vectors.</summary>
/// <remarks>
/// <para>Long parameters are shared among the threads, with the same bits at any number of them. Nothing is allocated in steady state. Sources and
/// conventions stand with the optimisers.</para>
/// <para><b>Gradients by rows.</b> With <c>rowsOnly</c>, only the rows that have a gradient move, with their states and their weight decay, and the cost is
/// that of those rows. Otherwise such a gradient counts as the whole matrix that it stands for, and so does every gradient that is not kept by rows.</para>
/// <para><b>Threads.</b> Can be called from several at once, on different parameters.</para>
/// </remarks>
public static class UpdateOperations
{
    /// <summary><c>g ← g + λ·θ</c>, <c>θ ← θ − rate·g</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameter">θ with its gradient g, which stays as it is.</param>
    /// <param name="rowsOnly">Whether only the rows move that a gradient by rows has.</param>
    /// <param name="weightDecay">λ, added to the gradient as <c>λ·θ</c>; 0 for none.</param>
    /// <param name="rate">The learning rate.</param>
    /// <exception cref="ArgumentException">A state has another shape than the parameter, is not dense, or shares memory with another operand.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Descend<T>(Parameter<T> parameter, bool rowsOnly, T weightDecay, T rate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(parameter);
        parameter.Update(new DescentUpdate<T>(weightDecay, -rate), rowsOnly, parameter.Value.AsSpan());
    }

    /// <summary><c>g ← g + λ·θ</c>, <c>v ← μ·v + g</c>, <c>θ ← θ − rate·v</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameter">θ with its gradient g, which stays as it is.</param>
    /// <param name="rowsOnly">Whether only the rows move that a gradient by rows has.</param>
    /// <param name="weightDecay">λ, added to the gradient as <c>λ·θ</c>; 0 for none.</param>
    /// <param name="momentum">μ.</param>
    /// <param name="velocity">v, of the shape of θ.</param>
    /// <param name="rate">The learning rate.</param>
    /// <exception cref="ArgumentException">A state has another shape than the parameter, is not dense, or shares memory with another operand.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void DescendWithMomentum<T>(Parameter<T> parameter, bool rowsOnly, T weightDecay, T momentum, Matrix<T> velocity, T rate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfNotStateOf(parameter, velocity, nameof(velocity));
        parameter.Update(new MomentumUpdate<T>(weightDecay, momentum, -rate), rowsOnly, velocity.AsSpan(), parameter.Value.AsSpan());
    }

    /// <summary><c>g ← g + λ·θ</c>, <c>v ← μ·v + g</c>, <c>θ ← θ − rate·(g + μ·v)</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameter">θ with its gradient g, which stays as it is.</param>
    /// <param name="rowsOnly">Whether only the rows move that a gradient by rows has.</param>
    /// <param name="weightDecay">λ, added to the gradient as <c>λ·θ</c>; 0 for none.</param>
    /// <param name="momentum">μ.</param>
    /// <param name="velocity">v, of the shape of θ.</param>
    /// <param name="rate">The learning rate.</param>
    /// <exception cref="ArgumentException">A state has another shape than the parameter, is not dense, or shares memory with another operand.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void DescendWithNesterov<T>(Parameter<T> parameter, bool rowsOnly, T weightDecay, T momentum, Matrix<T> velocity, T rate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfNotStateOf(parameter, velocity, nameof(velocity));
        parameter.Update(new NesterovUpdate<T>(weightDecay, momentum, -rate), rowsOnly, velocity.AsSpan(), parameter.Value.AsSpan());
    }

    /// <summary><c>g ← g + λ·θ</c>, <c>s ← s + g²</c>, <c>θ ← θ − rate·g / (√s + ε)</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameter">θ with its gradient g, which stays as it is.</param>
    /// <param name="rowsOnly">Whether only the rows move that a gradient by rows has.</param>
    /// <param name="weightDecay">λ, added to the gradient as <c>λ·θ</c>; 0 for none.</param>
    /// <param name="squares">s, of the shape of θ.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="rate">The learning rate.</param>
    /// <exception cref="ArgumentException">A state has another shape than the parameter, is not dense, or shares memory with another operand.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void AdaGrad<T>(Parameter<T> parameter, bool rowsOnly, T weightDecay, Matrix<T> squares, T epsilon, T rate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfNotStateOf(parameter, squares, nameof(squares));
        parameter.Update(new AdaGradUpdate<T>(weightDecay, epsilon, -rate), rowsOnly, squares.AsSpan(), parameter.Value.AsSpan());
    }

    /// <summary><c>g ← g + λ·θ</c>, <c>s ← α·s + (1 − α)·g²</c>, <c>θ ← θ − rate·g / (√s + ε)</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameter">θ with its gradient g, which stays as it is.</param>
    /// <param name="rowsOnly">Whether only the rows move that a gradient by rows has.</param>
    /// <param name="weightDecay">λ, added to the gradient as <c>λ·θ</c>; 0 for none.</param>
    /// <param name="smoothing">α, and 1 − α with it.</param>
    /// <param name="squares">s, of the shape of θ.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="rate">The learning rate.</param>
    /// <exception cref="ArgumentException">A state has another shape than the parameter, is not dense, or shares memory with another operand.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void RMSProp<T>(Parameter<T> parameter, bool rowsOnly, T weightDecay, Smoothing<T> smoothing, Matrix<T> squares, T epsilon, T rate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfNotStateOf(parameter, squares, nameof(squares));
        parameter.Update(new RMSPropUpdate<T>(weightDecay, smoothing.Kept, smoothing.Taken, epsilon, -rate), rowsOnly, squares.AsSpan(), parameter.Value.AsSpan());
    }

    /// <summary><c>g ← g + λ·θ</c>, <c>s ← α·s + (1 − α)·g²</c>, <c>v ← μ·v + g / (√s + ε)</c>, <c>θ ← θ − rate·v</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameter">θ with its gradient g, which stays as it is.</param>
    /// <param name="rowsOnly">Whether only the rows move that a gradient by rows has.</param>
    /// <param name="weightDecay">λ, added to the gradient as <c>λ·θ</c>; 0 for none.</param>
    /// <param name="smoothing">α, and 1 − α with it.</param>
    /// <param name="squares">s, of the shape of θ.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="momentum">μ.</param>
    /// <param name="velocity">v, of the shape of θ.</param>
    /// <param name="rate">The learning rate.</param>
    /// <exception cref="ArgumentException">A state has another shape than the parameter, is not dense, or shares memory with another operand.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void RMSPropWithMomentum<T>(Parameter<T> parameter, bool rowsOnly, T weightDecay, Smoothing<T> smoothing, Matrix<T> squares, T epsilon, T momentum, Matrix<T> velocity, T rate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfNotStateOf(parameter, squares, nameof(squares));
        ThrowIfNotStateOf(parameter, velocity, nameof(velocity));
        OperandCheck.ThrowIfOverlaps<T>(nameof(squares), squares.AsSpan(), nameof(velocity), velocity.AsSpan());
        parameter.Update(
            new RMSPropMomentumUpdate<T>(weightDecay, smoothing.Kept, smoothing.Taken, epsilon, momentum, -rate), rowsOnly,
            squares.AsSpan(), velocity.AsSpan(), parameter.Value.AsSpan());
    }

    /// <summary><c>g ← g + λ·θ</c>, <c>m ← β₁·m + (1 − β₁)·g</c>, <c>v ← β₂·v + (1 − β₂)·g²</c>, <c>θ ← θ − rate·κ·θ − rate·m̂ / (√v̂ + ε)</c>, where <c>m̂ = m/(1 − β₁^t)</c> and
    /// <c>v̂ = v/(1 − β₂^t)</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameter">θ with its gradient g, which stays as it is.</param>
    /// <param name="rowsOnly">Whether only the rows move that a gradient by rows has.</param>
    /// <param name="weightDecay">λ, added to the gradient as <c>λ·θ</c>; 0 for none.</param>
    /// <param name="decoupledDecay">κ, which shrinks θ past the gradient; 0 for none.</param>
    /// <param name="beta1">β₁ and 1 − β₁.</param>
    /// <param name="mean">m, of the shape of θ.</param>
    /// <param name="beta2">β₂ and 1 − β₂.</param>
    /// <param name="squares">v, of the shape of θ.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="step">t, updates of this parameter, this one included; 1 or more.</param>
    /// <param name="rate">The learning rate.</param>
    /// <exception cref="ArgumentOutOfRangeException">t is not 1 or more.</exception>
    /// <exception cref="ArgumentException">A state has another shape than the parameter, is not dense, or shares memory with another operand.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Adam<T>(
        Parameter<T> parameter, bool rowsOnly, T weightDecay, T decoupledDecay, Smoothing<T> beta1, Matrix<T> mean, Smoothing<T> beta2, Matrix<T> squares,
        T epsilon, double step, T rate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfNotStateOf(parameter, mean, nameof(mean));
        ThrowIfNotStateOf(parameter, squares, nameof(squares));
        OperandCheck.ThrowIfOverlaps<T>(nameof(mean), mean.AsSpan(), nameof(squares), squares.AsSpan());
        if (!(step >= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, $"The updates of a parameter are counted from 1, got {step}.");
        }

        T factor = T.CreateTruncating(double.CreateTruncating(rate) / beta1.Weight(step));
        T correction = T.CreateTruncating(1 / Math.Sqrt(beta2.Weight(step)));
        parameter.Update(
            new AdamUpdate<T>(weightDecay, beta1.Kept, beta1.Taken, beta2.Kept, beta2.Taken, correction, epsilon, T.One - (rate * decoupledDecay), -factor), rowsOnly,
            mean.AsSpan(), squares.AsSpan(), parameter.Value.AsSpan());
    }

    private static void ThrowIfNotStateOf<T>(Parameter<T> parameter, Matrix<T> state, string name) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(parameter);
        OperandCheck.ThrowIfShapeDiffers(parameter.Value, nameof(parameter), state, name);
        OperandCheck.ThrowIfOverlaps<T>(name, state.AsSpan(), nameof(parameter.Value), parameter.Value.AsSpan());
        OperandCheck.ThrowIfOverlaps<T>(name, state.AsSpan(), nameof(parameter.Gradient), parameter.GradientMemory);
    }
}
