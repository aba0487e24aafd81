namespace NeuralNet.Core;

/// <summary>Something that can state its own mathematics in LaTeX: an element-wise function, or a layer that wants to be explained.</summary>
public interface IFormula
{
    /// <summary>The formula, as the right side of <c>y = …</c>.</summary>
    /// <param name="x">What the input is called.</param>
    string Formula(string x);

    /// <summary>The local gradient by the input. Where it is not element by element, it is written as what it makes of the upstream
    /// gradient G, such as <c>G\,W^\top</c>.</summary>
    /// <param name="x">What the input is called.</param>
    /// <param name="y">What the output is called.</param>
    string LocalGradient(string x, string y);

    /// <summary>Whether each entry of the output depends on the same entry of the input only.</summary>
    bool IsElementwise { get; }
}
