using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using NeuralNet.Core;
using NeuralNet.Core.Files;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Files;

/// <summary>What is written is read back, number for number.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
internal sealed class SafeTensorsRoundTripTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [Test]
    public void Write_AnyShapes_AreReadBack() => Prop.ForAll(Shapes(), shapes =>
    {
        var writer = new SafeTensorsWriter();
        T[][] all = [.. shapes.Select((shape, i) => Numbers(shape.Aggregate(1, (product, size) => product * size), i))];
        for (int i = 0; i < all.Length; i++)
        {
            writer.Add<T>($"tensor {i}", shapes[i], all[i]);
        }

        using SafeTensorsFile file = Written(writer);
        for (int i = 0; i < all.Length; i++)
        {
            file[$"tensor {i}"].Dimensions.ShouldBe(shapes[i].Select(size => (long)size));
            var read = new T[all[i].Length];
            file.Read<T>($"tensor {i}", read);
            read.ShouldBe(all[i]);
        }
    }).QuickCheckThrowOnFailure();

    [TestCase(0, 3)]
    [TestCase(3, 0)]
    [TestCase(1, 5)]
    [TestCase(5, 1)]
    [TestCase(7, 9)]
    [TestCase(40, 4099)]
    [TestCase(300, 5000)]
    [TestCase(5003, 37)]
    public void Add_Matrix_IsWrittenRowAfterRowAndReadBack(int rows, int columns)
    {
        Matrix<T> matrix = Matrix<T>.Build.Dense(rows, columns, Numbers(rows * columns, 1));
        var writer = new SafeTensorsWriter();
        writer.Add("matrix", matrix);
        writer.Add("memory", [columns, rows], matrix);
        using SafeTensorsFile file = Written(writer);
        var inRows = new T[rows * columns];
        file.Read<T>("matrix", inRows);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                if (inRows[(i * columns) + j] != matrix.AsSpan()[i + (j * rows)])
                {
                    Assert.Fail($"element ({i}, {j})");
                }
            }
        }

        file.ReadMatrix<T>("matrix").AsSpan().SequenceEqual(matrix.AsSpan()).ShouldBeTrue();
        file.ReadMatrix<T>("memory").AsSpan().SequenceEqual(matrix.Transpose().AsSpan()).ShouldBeTrue();
        file["matrix"].Dimensions.ShouldBe(rows == 1 ? [columns] : [rows, columns]);
    }

    private static Arbitrary<int[][]> Shapes()
    {
        Gen<int[]> shape = Gen.Choose(0, 5).SelectMany(rank => Gen.ArrayOf(Gen.Choose(0, 4), rank));
        return Arb.From(Gen.Choose(0, 4).SelectMany(count => Gen.ArrayOf(shape, count)));
    }

    private static T[] Numbers(int count, int seed)
    {
        var numbers = new T[count];
        Some.Numbers<T>(numbers, new Random(seed));
        return numbers;
    }

    private static SafeTensorsFile Written(SafeTensorsWriter writer)
    {
        using var stream = new MemoryStream();
        writer.Write(stream);
        return SafeTensorsFile.Parse(stream.ToArray(), "written");
    }
}
