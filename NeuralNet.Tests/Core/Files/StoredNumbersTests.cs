using NeuralNet.Core.Files;

namespace NeuralNet.Tests.Core.Files;

/// <summary>Numbers of a file where they are many, of a type that does not fit, or at the limits of what names and shapes may be.</summary>
internal sealed class StoredNumbersTests
{
    // Conversion goes by blocks of 2¹⁸ bytes: of 4 bytes each, 65,536 numbers.
    private const int Count = 70_000;

    [Test]
    public void Read_MoreThanABlock_ConvertsAll()
    {
        StoredNumbers numbers = OfIntegers();
        double[] doubles = new double[Count];
        numbers.Read<double>(doubles);
        doubles.ShouldBe(Enumerable.Range(0, Count).Select(i => (double)i));
        long[] integers = new long[Count];
        numbers.ReadInt64(integers);
        integers.ShouldBe(Enumerable.Range(0, Count).Select(i => (long)i));
    }

    // Rows of 7 in blocks of several rows, and rows of 35,000 in blocks of a part of one.
    [TestCase(10_000, 7)]
    [TestCase(2, 35_000)]
    [TestCase(1, Count)]
    [TestCase(Count, 1)]
    public void ReadTransposed_MoreThanABlock_ConvertsAll(int rows, int columns)
    {
        double[] matrix = new double[Count];
        OfIntegers().ReadTransposed<double>(rows, columns, matrix);
        matrix.ShouldBe(from column in Enumerable.Range(0, columns) from row in Enumerable.Range(0, rows) select (double)((row * columns) + column));
    }

    [TestCase(TensorType.Float16)]
    [TestCase(TensorType.BFloat16)]
    [TestCase(TensorType.Float32)]
    [TestCase(TensorType.Float64)]
    public void ReadInt64_Floats_AreRefused(TensorType type) => Should.Throw<InvalidDataException>(() => Of(type, new byte[8], 1).ReadInt64(new long[1])).Message
        .ShouldBe($"'file', offset 0: the array is of {type}; expected integers.");

    // The file's own type, but none that there are matrices of.
    [Test]
    public void Read_IntoHalves_IsRefused()
    {
        StoredNumbers halves = Of(TensorType.Float16, [0, 0x3C, 0, 0xC0], 2);
        Should.Throw<NotSupportedException>(() => halves.Read<Half>(new Half[2])).Message.ShouldBe("The element type must be float or double, got System.Half.");
        Should.Throw<NotSupportedException>(() => halves.ReadTransposed<Half>(1, 2, new Half[2])).Message.ShouldBe("The element type must be float or double, got System.Half.");
    }

    [TestCase(TensorType.Bool, "BOOL")]
    [TestCase(TensorType.UInt8, "U8")]
    [TestCase(TensorType.Int8, "I8")]
    [TestCase(TensorType.Int16, "I16")]
    [TestCase(TensorType.UInt16, "U16")]
    [TestCase(TensorType.Float16, "F16")]
    [TestCase(TensorType.BFloat16, "BF16")]
    [TestCase(TensorType.Int32, "I32")]
    [TestCase(TensorType.UInt32, "U32")]
    [TestCase(TensorType.Float32, "F32")]
    [TestCase(TensorType.Float64, "F64")]
    [TestCase(TensorType.Int64, "I64")]
    [TestCase(TensorType.UInt64, "U64")]
    public void SafeTensorsTypes_EachType_HasItsName(TensorType type, string name)
    {
        SafeTensorsTypes.NameOf(type).ShouldBe(name);
        SafeTensorsTypes.Find(name).ShouldBe(type);
    }

    [Test]
    public void MatrixShape_AsManyColumnsAsThereAreNumbersFor_IsAMatrixOfNoRows()
    {
        MatrixShape.Of("file", "the array", [0, int.MaxValue], null).ShouldBe((0, int.MaxValue));
        Should.Throw<ArgumentException>(() => MatrixShape.Of("file", "the array", [0, 1L + int.MaxValue], null)).Message
            .ShouldBe($"file: the array has the dimensions [0, 2147483648]; a matrix has at most {Array.MaxLength} elements.");
    }

    [Test]
    public void ThrowIfNone_HalfOfASurrogatePair_IsNamedByItsPlace() => Should.Throw<ArgumentException>(() => FileText.ThrowIfNone("ab\ud800", "name")).Message
        .ShouldBe("The text has half of a surrogate pair at 2, which no file can hold. (Parameter 'name')");

    // "bia" lacks a letter, "biasxx" has two too many: the last letter counts as well.
    [Test]
    public void Refusal_ManyNames_ListsTheNearestFirst() =>
        NearNames.Refusal("file", "tensor", "bias", ["00000000", "11111111", "biasxx", "22222222", "33333333", "bia", "44444444", "55555555", "66666666"]).ShouldBe(
            "file: there is no tensor 'bias'. There are 9, of which these are the nearest: 'bia', 'biasxx', '00000000', '11111111', '22222222', '33333333', '44444444', '55555555'.");

    // A hundred letters are compared, eighty are shown.
    [TestCase(99)]
    [TestCase(100)]
    [TestCase(101)]
    public void Refusal_LongNames_AreComparedByTheirBegin(int length)
    {
        string name = new('a', length);
        NearNames.Refusal("file", "tensor", name, Enumerable.Range(0, 8).Select(i => $"{i}").Append(name + "b"))
            .ShouldStartWith($"file: there is no tensor '{name[..80]}…'. There are 9, of which these are the nearest: '{name[..80]}…', '0', ");
    }

    private static StoredNumbers OfIntegers() => Of(TensorType.Int32, [.. Enumerable.Range(0, Count).SelectMany(BitConverter.GetBytes)], Count);

    private static StoredNumbers Of(TensorType type, byte[] bytes, long count) => new(FileBytes.Of(bytes, "file"), 0, type, count, isBigEndian: false, "the array");
}
