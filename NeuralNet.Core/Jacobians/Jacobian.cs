using System.Numerics;
using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.Graphs;

namespace NeuralNet.Core.Jacobians;

/// <summary>
/// The derivatives <c>J = ∂output/∂variable</c> of a gate, a layer, a network or any function at a point: written out while that is small,
/// and as products at any size.
/// </summary>
/// <remarks>
/// <para><b>Shapes.</b> J has a row for each element of the output and a column for each element of the variable. Elements of a matrix are
/// counted column after column, as they lie in memory: (i, j) of R rows is number <c>i + j·R</c>.</para>
/// <para><b>Products.</b> The backward pass is <c>Jᵀ·upstream</c> and never forms J: for a product of [64×4096] and [4096×4096] J by the
/// first has 2³⁶ entries, 256 GiB in float, and the backward pass is one more product.</para>
/// <para><b>Threads.</b> One at a time: see <see cref="DifferentiableFunction{T}"/>.</para>
/// <para><b>Source.</b> CS231n lecture 4, "vectorized operations"; CS224n lecture 3.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Jacobian<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The largest explicit Jacobian, unless another limit is given: 1 GiB.</summary>
    public const long DefaultLimit = 1L << 30;

    private readonly DifferentiableFunction<T> _function;

    /// <summary>The Jacobians of a function where its variables stand.</summary>
    /// <param name="function">The function.</param>
    public Jacobian(DifferentiableFunction<T> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        _function = function;
    }

    /// <summary>The Jacobians of a gate, be it a function, a layer or a network, at its inputs: by each of them (named <c>input</c>; <c>x</c> and <c>y</c>;
    /// <c>x1</c>, <c>x2</c>, …) and by each parameter.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="inputs">Where: its inputs in order, dense.</param>
    public static Jacobian<T> OfGate(Gate<T> gate, params IReadOnlyList<Matrix<T>> inputs) => new(DifferentiableFunction<T>.OfGate(gate, inputs));

    /// <summary>The Jacobians of a node of a graph: by the variables behind it and the parameters of the gates behind it.</summary>
    /// <param name="root">The node.</param>
    /// <exception cref="ArgumentException">It depends on no variable and no parameter.</exception>
    public static Jacobian<T> OfGraph(Node<T> root) => new(DifferentiableFunction<T>.OfGraph(root));

    /// <summary>How large the explicit Jacobian by a variable is. Nothing of it is computed.</summary>
    /// <param name="variable">The name of the variable.</param>
    /// <exception cref="ArgumentException">There is no such variable.</exception>
    public JacobianSize Size(string variable)
    {
        Matrix<T> output = _function.Forward();
        return new JacobianSize((long)output.RowCount * output.ColumnCount, Find(variable).Count, Unsafe.SizeOf<T>());
    }

    /// <summary>The explicit Jacobian by a variable: one backward pass for each of its rows.</summary>
    /// <param name="variable">The name of the variable.</param>
    /// <param name="limit">The largest size in bytes that is computed; 1 GiB by default, 0 or more.</param>
    /// <returns>J, a row for each element of the output, a column for each element of the variable.</returns>
    /// <exception cref="ArgumentException">There is no such variable.</exception>
    /// <exception cref="InvalidOperationException">J would be larger than the limit, or than an array can be. The message says how large.</exception>
    public Matrix<T> By(string variable, long limit = DefaultLimit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        int index = Find(variable).Index;
        JacobianSize size = Size(variable);
        if (size.Bytes > limit || size.Entries > Array.MaxLength)
        {
            throw new InvalidOperationException(
                $"The Jacobian of {_function.Name} by {variable} is {size}; the limit is {JacobianSize.Describe(limit)}. It need not be formed: " +
                $"{nameof(VectorJacobianProduct)} gives Jᵀ·upstream (the backward pass) and {nameof(JacobianVectorProduct)} gives J·v.");
        }

        Matrix<T> jacobian = Matrices.Zeros<T>((int)size.Outputs, (int)size.Inputs);
        Matrix<T> output = _function.Forward();
        Matrix<T> unit = Matrices.Zeros<T>(output.RowCount, output.ColumnCount);
        for (int row = 0; row < jacobian.RowCount; row++)
        {
            unit.AsSpan()[row] = T.One;
            Matrix<T> gradient = _function.Backward(unit)[index];
            unit.AsSpan()[row] = T.Zero;
            for (int column = 0; column < jacobian.ColumnCount; column++)
            {
                jacobian.AsSpan()[row + (column * jacobian.RowCount)] = gradient.AsSpan()[column];
            }
        }

        return jacobian;
    }

    /// <summary>The vector–Jacobian product <c>Jᵀ·upstream</c>: the backward pass.</summary>
    /// <param name="upstream">A weight for each element of the output, of its shape.</param>
    /// <returns>One matrix for each variable, of its shape, in their order; copies of the caller's own.</returns>
    /// <exception cref="ArgumentException">Upstream has not the shape of the output.</exception>
    public IReadOnlyList<Matrix<T>> VectorJacobianProduct(Matrix<T> upstream)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        Matrix<T> output = _function.Forward();
        if (!upstream.HasShapeOf(output))
        {
            throw new ArgumentException(
                $"{_function.Name} expects upstream of the output's shape {output.Shape()}, got {upstream.Shape()}.", nameof(upstream));
        }

        return [.. _function.Backward(upstream).Select(gradient => gradient.Clone())];
    }

    /// <summary>The Jacobian–vector product <c>J·v</c>: how the output changes when a variable moves along v.</summary>
    /// <remarks>By centred differences of the forward pass along v, extrapolated to step 0, since backward passes do not give it: relative
    /// errors are about 1e-10 in double and 1e-4 in float. It takes some ten forward passes at any size.</remarks>
    /// <param name="variable">The name of the variable.</param>
    /// <param name="direction">v, of the variable's shape.</param>
    /// <returns>J·v in the output's shape, a matrix of its own.</returns>
    /// <exception cref="ArgumentException">There is no such variable, or the direction has not its shape.</exception>
    public Matrix<T> JacobianVectorProduct(string variable, Matrix<T> direction)
    {
        ArgumentNullException.ThrowIfNull(direction);
        NamedMatrix<T> moved = _function.Variables[Find(variable).Index];
        if (!direction.HasShapeOf(moved.Value))
        {
            throw new ArgumentException(
                $"A direction has the shape of its variable: that is {moved}, the direction {direction.Shape()}.", nameof(direction));
        }

        return new DirectionalDerivative<T>(_function, moved, direction).Compute();
    }

    /// <summary>What it is the Jacobian of.</summary>
    public override string ToString() => $"Jacobian of {_function}";

    private (int Index, int Count) Find(string variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        for (int i = 0; i < _function.Variables.Count; i++)
        {
            if (_function.Variables[i].Name == variable)
            {
                return (i, _function.Variables[i].Count);
            }
        }

        throw new ArgumentException(
            $"{_function.Name} has no variable {variable}; its variables are {string.Join(", ", _function.Variables.Select(v => v.Name))}.", nameof(variable));
    }
}
