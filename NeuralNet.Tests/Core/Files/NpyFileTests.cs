using System.Text;
using NeuralNet.Core;
using NeuralNet.Core.Files;
using NeuralNet.Tests.Training.Data;

namespace NeuralNet.Tests.Core.Files;

/// <summary>Bytes and numbers of .npy files, against bytes written out here from the format's documentation.</summary>
internal sealed class NpyFileTests
{
    // What follows in the files of two numbers: 1 and −2, or what else stands there.
    private static readonly byte[] Four = [1, 2, 3, 4, 5, 6];

    [Test]
    public void Write_Matrix_GivesTheBytesOfTheFormat()
    {
        using var folder = new IdxFolder();
        string path = Path.Combine(folder.Path, "file.npy");
        NpyFile.Write(path, Matrices.FromRows<float>([1, -2, 0], [0, 1, 1]));
        string header = "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }";
        byte[] expected =
        [
            0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(header.PadRight(117)), (byte)'\n',
            0, 0, 0x80, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0x80, 0x3F, 0, 0, 0, 0, 0, 0, 0x80, 0x3F,
        ];
        File.ReadAllBytes(path).ShouldBe(expected);
        NpyFile.ReadMatrix<float>(path).ShouldBe(Matrices.FromRows<float>([1, -2, 0], [0, 1, 1]));
    }

    [Test]
    public void Write_Shapes_AreTuples()
    {
        using var folder = new IdxFolder();
        string path = Path.Combine(folder.Path, "file.npy");
        NpyFile.Write<byte>(path, new byte[] { 7 });
        Encoding.ASCII.GetString(File.ReadAllBytes(path)).ShouldContain("{'descr': '|u1', 'fortran_order': False, 'shape': (), }");
        NpyFile.Write<byte>(path, new byte[] { 7 }, 1);
        Encoding.ASCII.GetString(File.ReadAllBytes(path)).ShouldContain("'shape': (1,), }");
        NpyFile.Write<short>(path, new short[] { 1, 2 }, 2, 1, 1);
        Encoding.ASCII.GetString(File.ReadAllBytes(path)).ShouldContain("{'descr': '<i2', 'fortran_order': False, 'shape': (2, 1, 1), }");
        (File.ReadAllBytes(path).Length % 64).ShouldBe(4);
    }

    [TestCase("|b1", new byte[] { 1, 0 }, new double[] { 1, 0 })]
    [TestCase("|u1", new byte[] { 1, 254 }, new double[] { 1, 254 })]
    [TestCase("<i1", new byte[] { 1, 254 }, new double[] { 1, -2 })]
    [TestCase("<i2", new byte[] { 1, 0, 254, 255 }, new double[] { 1, -2 })]
    [TestCase(">i2", new byte[] { 0, 1, 255, 254 }, new double[] { 1, -2 })]
    [TestCase(">u2", new byte[] { 0, 1, 255, 254 }, new double[] { 1, 65534 })]
    [TestCase(">i4", new byte[] { 0, 0, 0, 1, 255, 255, 255, 254 }, new double[] { 1, -2 })]
    [TestCase("<u4", new byte[] { 1, 0, 0, 0, 254, 0, 0, 0 }, new double[] { 1, 254 })]
    [TestCase(">i8", new byte[] { 0, 0, 0, 0, 0, 0, 0, 1, 255, 255, 255, 255, 255, 255, 255, 254 }, new double[] { 1, -2 })]
    [TestCase(">u8", new byte[] { 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0 }, new double[] { 1, 256 })]
    [TestCase("<f2", new byte[] { 0, 0x3C, 0, 0xC0 }, new double[] { 1, -2 })]
    [TestCase(">f2", new byte[] { 0x3C, 0, 0xC0, 0 }, new double[] { 1, -2 })]
    [TestCase("<f4", new byte[] { 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0 }, new double[] { 1, -2 })]
    [TestCase(">f4", new byte[] { 0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0 }, new double[] { 1, -2 })]
    [TestCase(">f8", new byte[] { 0x3F, 0xF0, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0 }, new double[] { 1, -2 })]
    public void Read_EachType_GivesItsNumbers(string type, byte[] data, double[] expected)
    {
        using NpyArray array = NpyFile.Parse(NpyBytes.Of(type, false, "(2,)", data), "file");
        double[] numbers = new double[2];
        array.Read(numbers);
        numbers.ShouldBe(expected);
        float[] floats = new float[2];
        array.Read(floats);
        floats.Select(number => (double)number).ShouldBe(expected);
        array.ReadMatrix<double>().ShouldBe(Matrices.FromRows(expected));
        array.IsBigEndian.ShouldBe(type[0] == '>');
        if (type[1] != 'f')
        {
            long[] whole = new long[2];
            array.ReadInt64(whole);
            whole.ShouldBe(expected.Select(number => (long)number));
        }
    }

    // The first index varies fastest in such a file: 1 … 6 are the columns (1, 2), (3, 4), (5, 6).
    [Test]
    public void Read_FortranOrder_GivesRows()
    {
        using NpyArray array = NpyFile.Parse(NpyBytes.Of("|u1", true, "(2, 3)", Four), "file");
        array.ReadMatrix<float>().ShouldBe(Matrices.FromRows<float>([1, 3, 5], [2, 4, 6]));
        float[] numbers = new float[6];
        array.Read(numbers);
        numbers.ShouldBe([1, 3, 5, 2, 4, 6]);
        long[] whole = new long[6];
        array.ReadInt64(whole);
        whole.ShouldBe([1, 3, 5, 2, 4, 6]);
    }

    // Element (i, j, k) of [2, 3, 2] is number i + 2j + 6k of the file, and 6i + 2j + k of the result.
    [Test]
    public void Read_FortranOrderOfThree_GivesTheLastIndexFastest()
    {
        byte[] data = [.. Enumerable.Range(0, 12).Select(i => (byte)i)];
        using NpyArray array = NpyFile.Parse(NpyBytes.Of("|u1", true, "(2, 3, 2)", data), "file");
        double[] numbers = new double[12];
        array.Read(numbers);
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                for (int k = 0; k < 2; k++)
                {
                    numbers[(6 * i) + (2 * j) + k].ShouldBe(i + (2 * j) + (6 * k));
                }
            }
        }
    }

    [TestCase(2)]
    [TestCase(3)]
    public void Read_LaterVersions_HaveLongerLengths(int version)
    {
        using NpyArray array = NpyFile.Parse(NpyBytes.Of(version, "{ \"shape\" : ( 3L , 1 ), 'fortran_order':False,'descr':'<i1'}", 1, 2, 3), "file");
        array.Dimensions.ShouldBe([3, 1]);
        array.ToString().ShouldBe("Int8 [3, 1]");
        array.ReadMatrix<double>().ShouldBe(Matrices.FromRows<double>([1], [2], [3]));
    }

    [TestCase(10)]
    [TestCase(11)]
    public void Parse_EndWithinTheLengthOfTheHeader_SaysSo(int length) =>
        Should.Throw<InvalidDataException>(() => NpyFile.Parse(NpyBytes.Of(2, Sound).AsMemory(0, length), "file")).Message.ShouldBe("'file', offset 8: the file ends within the length of its header.");

    [Test]
    public void Read_LongestHeader_IsTaken()
    {
        using NpyArray array = NpyFile.Parse(NpyBytes.Of(2, Sound.PadRight(ushort.MaxValue), 0, 0, 0x80, 0x3F), "file");
        array.ReadMatrix<double>().ShouldBe(Matrices.FromRows<double>([1]));
    }

    [Test]
    public void ReadMatrix_NumberAndVector_AreRows()
    {
        using NpyArray number = NpyFile.Parse(NpyBytes.Of("|u1", false, "()", 7), "file");
        number.ReadMatrix<float>().ShouldBe(Matrices.FromRows<float>([7]));
        using NpyArray empty = NpyFile.Parse(NpyBytes.Of("|u1", true, "(0, 4)"), "file");
        empty.ReadMatrix<float>().RowCount.ShouldBe(0);
        empty.ReadMatrix<float>().ColumnCount.ShouldBe(4);
    }

    private const string Sound = "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }";

    private static IEnumerable<TestCaseData> Unsound =>
    [
        Case("9 bytes", new byte[9], "offset 0: the file does not begin as a .npy file does, with the byte 0x93, 'NUMPY', its version and the length of a header."),
        Case("signature", [.. "PK"u8, .. NpyBytes.Of(1, Sound, 0, 0, 0, 0)], "offset 0: the file does not begin as a .npy file does, with the byte 0x93, 'NUMPY', its version and the length of a header."),
        Case("version 4", NpyBytes.Of(4, Sound, 0, 0, 0, 0), "offset 6: the version is 4.0; expected 1.0, 2.0 or 3.0."),
        Case("long header", [0x93, .. "NUMPY"u8, 2, 0, 255, 255, 255, 255], "offset 8: the header is to be 4294967295 bytes long, more than 65535, which no array needs."),
        Case("header past the end", [0x93, .. "NUMPY"u8, 1, 0, 60, 0, 1, 2], "offset 8: the header is to be 60 bytes long, but 2 follow."),
        Case("header one byte past the end", [0x93, .. "NUMPY"u8, 1, 0, 3, 0, 1, 2], "offset 8: the header is to be 3 bytes long, but 2 follow."),
        Case("longest header past the end", [0x93, .. "NUMPY"u8, 2, 0, 255, 255, 0, 0, 1, 2], "offset 8: the header is to be 65535 bytes long, but 2 follow."),
        Case("end in the shape", NpyBytes.Of(1, "{'shape': (1"), "offset 22: expected ',' or ')'."),
        Case("no dictionary", NpyBytes.Of(1, "[]"), "offset 10: expected '{'."),
        Case("no end", NpyBytes.Of(1, "{"), "offset 11: expected a key in quotes."),
        Case("no colon", NpyBytes.Of(1, "{'descr'}"), "offset 18: expected ':'."),
        Case("no comma", NpyBytes.Of(1, "{'descr': '<f4' 'shape': ()}"), "offset 26: expected ','."),
        Case("no quote", NpyBytes.Of(1, "{'descr: <f4}"), "offset 11: expected a key in quotes."),
        Case("unknown key", NpyBytes.Of(1, Sound.Replace("shape", "form")), "offset 51: 'form' is not known; expected 'descr', 'fortran_order' and 'shape'."),
        Case("twice", NpyBytes.Of(1, Sound.Replace("}", "'shape': (1,)}")), "offset 66: 'shape' stands in the header twice."),
        Case("no shape", NpyBytes.Of(1, "{'descr': '<f4', 'fortran_order': False}"), "offset 10: the header has no 'shape'."),
        Case("no type", NpyBytes.Of(1, "{'fortran_order': False, 'shape': ()}"), "offset 10: the header has no 'descr'."),
        Case("no order", NpyBytes.Of(1, "{'descr': '<f4', 'shape': ()}"), "offset 10: the header has no 'fortran_order'."),
        Case("order", NpyBytes.Of(1, Sound.Replace("False", "0")), "offset 44: expected True or False."),
        Case("behind", NpyBytes.Of(1, Sound + "  ;"), "offset 69: the header goes on after its end."),
        Case("shape is a number", NpyBytes.Of(1, Sound.Replace("(1,)", "1")), "offset 60: expected '('."),
        Case("shape in brackets", NpyBytes.Of(1, Sound.Replace("(1,)", "(1)")), "offset 62: expected ','."),
        Case("shape without commas", NpyBytes.Of(1, Sound.Replace("(1,)", "(1 1)")), "offset 63: expected ',' or ')'."),
        Case("negative", NpyBytes.Of(1, Sound.Replace("(1,)", "(-1,)")), "offset 61: expected a whole number from 0 to 9223372036854775807."),
        Case("beyond 64 bits", NpyBytes.Of(1, Sound.Replace("(1,)", "(9223372036854775808,)")), "offset 61: expected a whole number from 0 to 9223372036854775807."),
        Case("65 dimensions", NpyBytes.Of(1, Sound.Replace("(1,)", $"({string.Concat(Enumerable.Repeat("1,", 65))})")), "offset 189: the shape has more than 64 numbers."),
        Case("product", NpyBytes.Of(1, Sound.Replace("(1,)", "(4294967296, 2147483648)")), "offset 10: an array [4294967296, 2147483648] of Float32 has more than 2⁶³ − 1 bytes."),
        Case("bytes", NpyBytes.Of(1, Sound.Replace("(1,)", "(4611686018427387904,)")), "offset 10: an array [4611686018427387904] of Float32 has more than 2⁶³ − 1 bytes."),
        Case("too short", NpyBytes.Of(1, Sound, 0, 0, 0), "offset 67: an array [1] of Float32 has 4 bytes, but 3 follow the header."),
        Case("too long", NpyBytes.Of(1, Sound, 0, 0, 0, 0, 0), "offset 67: an array [1] of Float32 has 4 bytes, but 5 follow the header."),
        Case("objects", NpyBytes.Of(1, Sound.Replace("<f4", "|O")), Type("|O", "objects of Python")),
        Case("complex", NpyBytes.Of(1, Sound.Replace("<f4", "<c8")), Type("<c8", "complex numbers")),
        Case("texts", NpyBytes.Of(1, Sound.Replace("<f4", "<U5")), Type("<U5", "texts")),
        Case("times", NpyBytes.Of(1, Sound.Replace("<f4", "<M8[s]")), Type("<M8[s]", "times")),
        Case("bytes without a type", NpyBytes.Of(1, Sound.Replace("<f4", "|V3")), Type("|V3", "a structured type")),
        Case("long doubles", NpyBytes.Of(1, Sound.Replace("<f4", "<f16")), Type("<f16", "a type that is not known")),
        Case("order of bytes unknown", NpyBytes.Of(1, Sound.Replace("<f4", "=f4")), Type("=f4", "a type that is not known")),
        Case("structured", NpyBytes.Of(1, Sound.Replace("'<f4'", "[('a', '<f4')]")), "offset 20: the array is of a structured type; expected numbers of one type."),
    ];

    [TestCaseSource(nameof(Unsound))]
    public void Parse_UnsoundFile_SaysWhatAndWhere(byte[] file, string message) =>
        Should.Throw<InvalidDataException>(() => NpyFile.Parse(file, "file")).Message.ShouldBe($"'file', {message}");

    [Test]
    public void ReadMatrix_WrongUse_SaysWhat()
    {
        using NpyArray array = NpyFile.Parse(NpyBytes.Of("|u1", false, "(1, 2, 3)", Four), "file");
        Should.Throw<ArgumentException>(() => array.ReadMatrix<float>()).Message.ShouldBe(
            "'file': the array has the dimensions [1, 2, 3]; a matrix has two. Read its numbers into a span, row-major, and arrange them.");
        Should.Throw<ArgumentException>(() => array.Read(new float[5])).Message.ShouldBe("'file': the array has 6 numbers, the target takes 5. (Parameter 'target')");
        using NpyArray large = NpyFile.Parse(NpyBytes.Of(">f8", false, "(1,)", 0x7E, 0x37, 0xE4, 0x3C, 0x88, 0, 0x75, 0x9C), "file");
        Should.Throw<InvalidDataException>(() => large.Read(new float[1])).Message
            .ShouldBe("'file', offset 68: number 0 of the array is 1E+300, which is not a float. Read it as double.");
        Should.Throw<ArgumentException>(() => NpyFile.Write<float>("file", new float[2], 3)).Message
            .ShouldBe("The dimensions [3] of the array say 3 numbers, got 2. (Parameter 'dimensions')");
    }

    private static string Type(string name, string remark) =>
        $"offset 10: the array is of the type '{name}', {remark}; those that are read are b1, i1, i2, i4, i8, u1, u2, u4, u8, f2, f4 and f8, with < or > before those of several bytes.";

    private static TestCaseData Case(string name, byte[] file, string message) => new TestCaseData(file, message).SetArgDisplayNames(name);
}
