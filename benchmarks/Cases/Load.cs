namespace NeuralNet.Benchmarks.Cases;

/// <summary>What a piece of work must do at least, whoever does it: from it follows the limit the machine sets.</summary>
/// <param name="Element">The type of the numbers.</param>
/// <param name="Operations">Multiplications and additions of its matrix products; bytes of a file.</param>
/// <param name="Traffic">Bytes that must be read or written at least.</param>
/// <param name="Footprint">Bytes of the distinct data: decides which cache can hold them.</param>
internal sealed record Load(Element Element, double Operations, double Traffic, double Footprint);
