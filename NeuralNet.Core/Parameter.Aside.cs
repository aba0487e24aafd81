using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core;

/// <content>A gradient that is set aside while another one is computed in its place.</content>
public sealed partial class Parameter<T>
{
    /// <summary>Takes the gradient away and leaves zero: what a backward pass adds from then on is that pass's alone.</summary>
    /// <returns>The gradient, whole or by rows, for <see cref="PutGradientBack"/>.</returns>
    internal (Matrix<T>? Whole, RowGradient<T>? Rows, GradientForm Form) TakeGradient()
    {
        (Matrix<T>?, RowGradient<T>?, GradientForm) taken = (_gradient, _rows, _form);
        (_gradient, _rows, _form) = (null, null, GradientForm.Zero);
        return taken;
    }

    /// <summary>Puts a gradient back that was taken away; the present one is lost.</summary>
    /// <param name="taken">What <see cref="TakeGradient"/> gave.</param>
    internal void PutGradientBack((Matrix<T>? Whole, RowGradient<T>? Rows, GradientForm Form) taken) => (_gradient, _rows, _form) = taken;
}
