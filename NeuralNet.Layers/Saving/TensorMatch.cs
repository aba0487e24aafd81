using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Files;

namespace NeuralNet.Layers.Saving;

/// <summary>A network held against a file: which tensors fit, are missing, are unexpected, or have other dimensions.</summary>
internal sealed class TensorMatch<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // PyTorch counts the batches of a batch norm; nothing here depends on it.
    private const string BatchCount = "num_batches_tracked";
    private const int MostNamed = 8;

    private readonly SafeTensorsFile _file;
    private readonly List<(NamedTensor<T> Own, string NameInFile)> _found = [];

    /// <summary>Compares.</summary>
    /// <param name="file">The file.</param>
    /// <param name="network">The network.</param>
    /// <param name="prefix">What stands before each name in the file; tensors without it are of something else.</param>
    /// <param name="rename">The network's name of a tensor of the file; null for the same.</param>
    /// <exception cref="ArgumentException">Two tensors of the file get one name.</exception>
    public TensorMatch(SafeTensorsFile file, Gate<T> network, string prefix, Func<string, string>? rename)
    {
        _file = file;
        Dictionary<string, TensorInfo> given = [];
        foreach (TensorInfo info in file.Tensors.Where(info => info.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            string name = rename is null ? info.Name : prefix + rename(info.Name[prefix.Length..]);
            if (!given.TryAdd(name, info))
            {
                throw new ArgumentException($"'{info.Name}' and '{given[name].Name}' of the file are both renamed to '{name}'.", nameof(rename));
            }
        }

        foreach (NamedTensor<T> own in NamedTensor<T>.Of(network, prefix))
        {
            if (!given.Remove(own.Name, out TensorInfo? info))
            {
                Missing.Add(own.ToString());
            }
            else if (own.Fits(info))
            {
                _found.Add((own, info.Name));
            }
            else
            {
                Different.Add($"'{own.Name}' is [{string.Join(", ", info.Dimensions)}] in the file, [{string.Join(", ", own.Dimensions)}] in the network");
            }
        }

        Unexpected.AddRange(given.Where(pair => pair.Key.Split('.')[^1] != BatchCount).Select(pair => $"'{pair.Value.Name}' [{string.Join(", ", pair.Value.Dimensions)}]"));
    }

    /// <summary>Names of the tensors that fit, as the network has them.</summary>
    public IReadOnlyList<string> Loaded => [.. _found.Select(pair => pair.Own.Name)];

    /// <summary>What the network has and the file has not.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>What the file has and the network has not.</summary>
    public List<string> Unexpected { get; } = [];

    /// <summary>What has other dimensions.</summary>
    public List<string> Different { get; } = [];

    /// <summary>Throws unless all fits.</summary>
    /// <exception cref="InvalidDataException">Something is missing, unexpected or differs; the message lists it.</exception>
    public void ThrowIfDiffers(string what)
    {
        string[] faults =
        [
            .. Missing.Count == 0 ? Array.Empty<string>() : [$"the file lacks {Listed(Missing)}"],
            .. Unexpected.Count == 0 ? Array.Empty<string>() : [$"the network has no {Listed(Unexpected)}"],
            .. Different.Count == 0 ? Array.Empty<string>() : [Listed(Different)],
        ];
        if (faults.Length > 0)
        {
            throw new InvalidDataException($"{what}: {string.Join("; ", faults)}. Nothing was loaded.");
        }
    }

    /// <summary>Reads what fits.</summary>
    /// <param name="isNew">Whether nobody misses the network if a number cannot be read; otherwise nothing changes then, at the cost of a copy.</param>
    /// <exception cref="InvalidDataException">A number has no value in T, or the file has been made shorter.</exception>
    public void Read(bool isNew)
    {
        if (isNew)
        {
            _found.ForEach(pair => pair.Own.Read(_file, pair.NameInFile, pair.Own.Value));
            return;
        }

        List<Matrix<T>> read = [];
        foreach ((NamedTensor<T> own, string name) in _found)
        {
            Matrix<T> value = Matrices.Zeros<T>(own.Value.RowCount, own.Value.ColumnCount);
            own.Read(_file, name, value);
            read.Add(value);
        }

        for (int i = 0; i < read.Count; i++)
        {
            read[i].AsSpan().CopyTo(_found[i].Own.Value.AsSpan());
        }
    }

    private static string Listed(List<string> names) =>
        string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");
}
