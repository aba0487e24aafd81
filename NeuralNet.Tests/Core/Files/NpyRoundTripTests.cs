using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using NeuralNet.Core;
using NeuralNet.Core.Files;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Files;

/// <summary>What is written to .npy and .npz files is read back, number for number.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
internal sealed class NpyRoundTripTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [Test]
    public void Write_AnyShape_IsReadBack() => Prop.ForAll(Arb.From(Gen.Choose(0, 5).SelectMany(rank => Gen.ArrayOf(Gen.Choose(0, 4), rank))), shape =>
    {
        var numbers = new T[shape.Aggregate(1, (product, size) => product * size)];
        Some.Numbers<T>(numbers, new Random(numbers.Length));
        var writer = new NpzWriter();
        writer.Add<T>("array", shape, numbers);
        using NpzFile file = Written(writer);
        using NpyArray array = file.Read("array");
        array.Dimensions.ShouldBe(shape.Select(size => (long)size));
        var read = new T[numbers.Length];
        array.Read<T>(read);
        read.ShouldBe(numbers);
    }).QuickCheckThrowOnFailure();

    [Test]
    public void Write_AnyMatrix_IsReadBack() => Prop.ForAll(Arb.From(Gen.Choose(0, 40).Two()), sizes =>
    {
        Matrix<T> matrix = Some.Matrix<T>(sizes.Item1, sizes.Item2);
        var writer = new NpzWriter();
        writer.Add("columns", matrix);
        writer.Add<T>("rows", [matrix.RowCount, matrix.ColumnCount], matrix.ToRowMajorArray());
        using NpzFile file = Written(writer);
        foreach (string name in file.Names)
        {
            using NpyArray array = file.Read(name);
            array.IsFortranOrder.ShouldBe(name == "columns");
            array.ReadMatrix<T>().AsSpan().SequenceEqual(matrix.AsSpan()).ShouldBeTrue();
            var rows = new T[matrix.RowCount * matrix.ColumnCount];
            array.Read<T>(rows);
            rows.ShouldBe(matrix.ToRowMajorArray());
        }
    }).QuickCheckThrowOnFailure();

    private static NpzFile Written(NpzWriter writer)
    {
        using var stream = new MemoryStream();
        writer.Write(stream, System.IO.Compression.CompressionLevel.Fastest);
        return NpzFile.Parse(stream.ToArray(), "written");
    }
}
