using System.Globalization;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Files;

namespace NeuralNet.Training.Checkpoints;

/// <summary>Takes what a part of a training has to remember: matrices, numbers and texts, each by a name of its own within the part.</summary>
/// <remarks>Matrices are read when the file is written, which is before the training goes on; numbers are copied. <b>Threads.</b> One.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class CheckpointWriter<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly string _scope;

    internal CheckpointWriter(SafeTensorsWriter file, string scope = "") => (File, _scope) = (file, scope);

    /// <summary>The file.</summary>
    internal SafeTensorsWriter File { get; }

    /// <summary>A part within this one, whose names are its own.</summary>
    /// <param name="part">Its name.</param>
    public CheckpointWriter<T> In(string part) => new(File, NameOf(part) + "/");

    /// <summary>Remembers a matrix.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The matrix, dense.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, Matrix<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        File.Add(NameOf(name), [value.ColumnCount, value.RowCount], value);
    }

    /// <summary>Remembers numbers of the training's precision.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="values">The numbers.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, ReadOnlyMemory<T> values) => File.Add(NameOf(name), [values.Length], values);

    /// <summary>Remembers numbers of double precision.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="numbers">The numbers; copied.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void AddNumbers(string name, params ReadOnlySpan<double> numbers) =>
        File.Add<double>(NameOf(name), [numbers.Length], numbers.ToArray());

    /// <summary>Remembers a whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="number">The number.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void AddInteger(string name, long number) => AddText(name, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Remembers a text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void AddText(string name, string text) => File.AddMetadata(NameOf(name), text);

    private string NameOf(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _scope + name;
    }
}
