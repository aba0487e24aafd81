using System.Globalization;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Files;

namespace NeuralNet.Training.Checkpoints;

/// <summary>Gives a part of a training back what it remembered in a <see cref="CheckpointWriter{T}"/>.</summary>
/// <remarks><b>Threads.</b> One.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class CheckpointReader<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly string _scope;

    internal CheckpointReader(SafeTensorsFile file, string name, string scope = "") => (File, Name, _scope) = (file, name, scope);

    /// <summary>What errors call the file.</summary>
    public string Name { get; }

    /// <summary>The file.</summary>
    internal SafeTensorsFile File { get; }

    /// <summary>A part within this one.</summary>
    /// <param name="part">Its name.</param>
    public CheckpointReader<T> In(string part) => new(File, Name, $"{_scope}{part}/");

    /// <summary>Whether something of a name, or a part of it, was remembered.</summary>
    /// <param name="name">The name.</param>
    public bool Has(string name) => File.Contains(_scope + name) || File.Metadata.ContainsKey(_scope + name);

    /// <summary>Names of the matrices and numbers of this part.</summary>
    internal IEnumerable<string> Tensors =>
        File.Tensors.Where(tensor => tensor.Name.StartsWith(_scope, StringComparison.Ordinal)).Select(tensor => tensor.Name[_scope.Length..]);

    /// <summary>Reads a matrix.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="target">A dense matrix of the shape that it had.</param>
    /// <exception cref="InvalidDataException">There is none of that name and shape.</exception>
    public void Read(string name, Matrix<T> target)
    {
        ArgumentNullException.ThrowIfNull(target);
        TensorInfo tensor = Tensor(name);
        if (!tensor.Dimensions.SequenceEqual([target.ColumnCount, target.RowCount]))
        {
            throw new InvalidDataException($"{Name}: '{_scope}{name}' has the axes [{string.Join(", ", tensor.Dimensions)}]; expected those of a matrix {target.Shape()}.");
        }

        File.Read(tensor.Name, target.AsSpan());
    }

    /// <summary>Reads numbers of the training's precision.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="target">As long as they were.</param>
    /// <exception cref="InvalidDataException">There are none of that name and number.</exception>
    public void Read(string name, Span<T> target)
    {
        TensorInfo tensor = Tensor(name);
        if (tensor.ElementCount != target.Length)
        {
            throw new InvalidDataException($"{Name}: '{_scope}{name}' has {tensor.ElementCount} numbers; expected {target.Length}.");
        }

        File.Read(tensor.Name, target);
    }

    /// <summary>Numbers of double precision.</summary>
    /// <param name="name">Their name.</param>
    /// <exception cref="InvalidDataException">There are none of that name.</exception>
    public double[] Numbers(string name)
    {
        TensorInfo tensor = Tensor(name);
        var numbers = new double[tensor.ElementCount];
        File.Read<double>(tensor.Name, numbers);
        return numbers;
    }

    /// <summary>The only number of double precision.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="InvalidDataException">There is none of that name, or there are several.</exception>
    public double Number(string name) =>
        Numbers(name) is [double number] ? number : throw new InvalidDataException($"{Name}: '{_scope}{name}' has {Numbers(name).Length} numbers; expected one.");

    /// <summary>A whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="InvalidDataException">There is none of that name, or it is none.</exception>
    public long Integer(string name) => long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
        ? number
        : throw new InvalidDataException($"{Name}: '{_scope}{name}' is '{Text(name)}', not a whole number.");

    /// <summary>A text.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public string Text(string name) => File.Metadata.TryGetValue(_scope + name, out string? text)
        ? text
        : throw new InvalidDataException($"{Name} has no text '{_scope}{name}'.");

    private TensorInfo Tensor(string name) =>
        File.Contains(_scope + name) ? File[_scope + name] : throw new InvalidDataException($"{Name} has no numbers '{_scope}{name}'.");
}
