using NeuralNet.Core.Text;

namespace NeuralNet.Core;

/// <content>Formulas and local gradients in LaTeX, for derivations.</content>
public abstract partial class Gate<T>
{
    /// <summary>The formula in LaTeX, as the right side of <c>z = …</c>. A gate that states none shows its name.</summary>
    /// <param name="inputs">What the inputs are called.</param>
    public virtual string Formula(ReadOnlySpan<string> inputs) => $"{Latex.Text(ToString())}({string.Join(", ", inputs)})";

    /// <summary>
    /// The local gradient by one input in LaTeX. For a gate that is not element-wise it is written as what it makes of the
    /// upstream gradient G, such as <c>G\,W^\top</c>. A gate that states none shows the derivative by its name.
    /// </summary>
    /// <param name="input">Which input, from 0.</param>
    /// <param name="inputs">What the inputs are called.</param>
    /// <param name="output">What the output is called.</param>
    public virtual string LocalGradient(int input, ReadOnlySpan<string> inputs, string output) =>
        $@"{(IsElementwise ? "" : @"G\,")}\frac{{\partial {Latex.Text(ToString())}}}{{\partial {inputs[input]}}}";

    /// <summary>The formula in LaTeX with names for the parameters, so that two layers of a network can be told apart. By default <see cref="Formula(ReadOnlySpan{string})"/>;
    /// a layer whose formula shows its parameters overrides it.</summary>
    /// <param name="inputs">What the inputs are called.</param>
    /// <param name="parameters">What the <see cref="Parameters"/> are called, in their order.</param>
    public virtual string Formula(ReadOnlySpan<string> inputs, ReadOnlySpan<string> parameters) => Formula(inputs);

    /// <summary>The local gradient by one input in LaTeX with names for the parameters. By default <see cref="LocalGradient(int, ReadOnlySpan{string}, string)"/>.</summary>
    /// <param name="input">Which input, from 0.</param>
    /// <param name="inputs">What the inputs are called.</param>
    /// <param name="parameters">What the <see cref="Parameters"/> are called, in their order.</param>
    /// <param name="output">What the output is called.</param>
    public virtual string LocalGradient(int input, ReadOnlySpan<string> inputs, ReadOnlySpan<string> parameters, string output) =>
        LocalGradient(input, inputs, output);

    /// <summary>What a parameter makes of the upstream gradient G in LaTeX, such as <c>X^\top G</c>. A gate that states none shows the derivative.</summary>
    /// <param name="parameter">Which of <see cref="Parameters"/>, from 0.</param>
    /// <param name="inputs">What the inputs are called.</param>
    /// <param name="parameters">What the parameters are called, in their order.</param>
    /// <param name="output">What the output is called.</param>
    public virtual string ParameterGradient(int parameter, ReadOnlySpan<string> inputs, ReadOnlySpan<string> parameters, string output) =>
        $@"G\,\frac{{\partial {output}}}{{\partial {parameters[parameter]}}}";
}
