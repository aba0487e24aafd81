using System.Numerics;

namespace NeuralNet.Core;

/// <summary>A parameter with the name it has in its network, such as <c>2.weight</c>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Name">Positions from the outermost container inwards and the layer's own name for it, joined by dots.</param>
/// <param name="Parameter">The parameter.</param>
public readonly record struct NamedParameter<T>(string Name, Parameter<T> Parameter) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How the parameter is shaped in a file: the lengths of a tensor's axes, the last one varying fastest in the matrix's memory, as <c>[out, in]</c> of a
    /// <c>Linear</c>'s <c>[in×out]</c>. Null, the default, where it looks there as here: <c>[C]</c> of a row <c>[1×C]</c>, <c>[R, C]</c> of another matrix.</summary>
    public IReadOnlyList<int>? Dimensions { get; init; }
}
