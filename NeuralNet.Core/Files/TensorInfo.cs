namespace NeuralNet.Core.Files;

/// <summary>A tensor in a file: what its header says of it.</summary>
public sealed class TensorInfo
{
    internal TensorInfo(string name, TensorType type, long[] dimensions, long elementCount, long byteOffset, long byteLength)
    {
        (Name, Type, Dimensions) = (name, type, dimensions);
        (ElementCount, ByteOffset, ByteLength) = (elementCount, byteOffset, byteLength);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The type of its numbers.</summary>
    public TensorType Type { get; }

    /// <summary>Its dimensions, each 0 or more; none for a single number. The last one varies fastest.</summary>
    public IReadOnlyList<long> Dimensions { get; }

    /// <summary>How many numbers there are: the product of the dimensions.</summary>
    public long ElementCount { get; }

    /// <summary>Where its bytes begin, from the begin of the file.</summary>
    public long ByteOffset { get; }

    /// <summary>How many bytes it has.</summary>
    public long ByteLength { get; }

    /// <summary><c>weight: Float32 [256, 784]</c>.</summary>
    public override string ToString() => $"{FileText.Shown(Name)}: {Type} {TensorShape.Text([.. Dimensions])}";
}
