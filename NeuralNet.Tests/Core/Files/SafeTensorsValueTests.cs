using System.Text;
using NeuralNet.Core.Files;
using NeuralNet.Tests.Training.Data;

namespace NeuralNet.Tests.Core.Files;

/// <summary>Bytes and numbers of safetensors files, against bytes written out here from the format's description.</summary>
internal sealed class SafeTensorsValueTests
{
    // 1 and −2 are 0x3F800000 and 0xC0000000 in binary32, 0x3FF0… in binary64, 0x3C00 in binary16 and 0x3F80 in the upper half of binary32.
    [Test]
    public void Write_SomeTensors_GivesTheBytesOfTheFormat()
    {
        var writer = new SafeTensorsWriter();
        writer.Add<float>("b", [2, 1], new float[] { 1, -2 });
        writer.Add<bool>("a", [1], new[] { true });
        writer.Add<long>("ä", [], new[] { 7L });
        writer.Add<float>("z", [2], new float[] { -2, 1 });
        writer.Add<byte>("c", [3], new byte[] { 1, 2, 3 });
        writer.AddMetadata("made by", "a \"test\"");
        const string Header = """{"__metadata__":{"made by":"a \"test\""},"ä":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"b":"""
            + """{"dtype":"F32","shape":[2,1],"data_offsets":[8,16]},"z":{"dtype":"F32","shape":[2],"data_offsets":[16,24]},"c":"""
            + """{"dtype":"U8","shape":[3],"data_offsets":[24,27]},"a":{"dtype":"BOOL","shape":[1],"data_offsets":[27,28]}}""";
        byte[] header = Encoding.UTF8.GetBytes(Header);
        byte[] padded = [.. header, .. Enumerable.Repeat((byte)' ', (8 - (header.Length % 8)) % 8)];
        byte[] data = [7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0, 0, 0, 0xC0, 0, 0, 0x80, 0x3F, 1, 2, 3, 1];
        using var folder = new IdxFolder();
        string path = Path.Combine(folder.Path, "file");
        writer.Write(path);
        File.ReadAllBytes(path).ShouldBe(SafeTensorsBytes.Of(padded, data));
    }

    // By code points U+FFFD comes before U+1F600; by the halves that strings are made of it comes after.
    [Test]
    public void Write_NamesBeyondSixteenBits_AreSortedByCodePoints()
    {
        var writer = new SafeTensorsWriter();
        writer.Add<float>("\U0001F600", [0], Array.Empty<float>());
        writer.Add<float>("\uFFFD", [0], Array.Empty<float>());
        byte[] header = Bytes(writer);
        header.AsSpan().IndexOf("\uFFFD"u8).ShouldBe(10);
        using SafeTensorsFile file = Written(writer);
        file.Contains("\U0001F600").ShouldBeTrue();
    }

    [Test]
    public void Write_NoTensors_GivesAnEmptyObject()
    {
        Bytes(new SafeTensorsWriter()).ShouldBe(SafeTensorsBytes.Of("{}      "));
        using SafeTensorsFile file = Written(new SafeTensorsWriter());
        file.Tensors.ShouldBeEmpty();
        file.Metadata.ShouldBeEmpty();
    }

    [TestCase("BOOL", new byte[] { 1, 0 }, new double[] { 1, 0 })]
    [TestCase("U8", new byte[] { 1, 254 }, new double[] { 1, 254 })]
    [TestCase("I8", new byte[] { 1, 254 }, new double[] { 1, -2 })]
    [TestCase("I16", new byte[] { 1, 0, 254, 255 }, new double[] { 1, -2 })]
    [TestCase("U16", new byte[] { 1, 0, 254, 255 }, new double[] { 1, 65534 })]
    [TestCase("I32", new byte[] { 1, 0, 0, 0, 254, 255, 255, 255 }, new double[] { 1, -2 })]
    [TestCase("U32", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0x80 }, new double[] { 1, 2147483648 })]
    [TestCase("I64", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 254, 255, 255, 255, 255, 255, 255, 255 }, new double[] { 1, -2 })]
    [TestCase("U64", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80 }, new[] { 1, 9223372036854775808.0 })]
    [TestCase("F16", new byte[] { 0, 0x3C, 0, 0x7C }, new[] { 1, double.PositiveInfinity })]
    [TestCase("F16", new byte[] { 1, 0, 0xFF, 0x7B }, new[] { 5.9604644775390625e-8, 65504 })]
    [TestCase("BF16", new byte[] { 0x80, 0x3F, 0xC0, 0x7F }, new[] { 1, double.NaN })]
    [TestCase("BF16", new byte[] { 0x49, 0x40, 0x80, 0xFF }, new[] { 3.140625, double.NegativeInfinity })]
    [TestCase("F32", new byte[] { 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0 }, new double[] { 1, -2 })]
    [TestCase("F64", new byte[] { 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0xF0, 0xFF }, new[] { 1, double.NegativeInfinity })]
    public void Read_EachType_GivesItsNumbers(string type, byte[] data, double[] expected)
    {
        using SafeTensorsFile file = OfTwo(type, data);
        double[] doubles = new double[2];
        file.Read("a", doubles);
        doubles.ShouldBe(expected);
        float[] floats = new float[2];
        file.Read("a", floats);
        floats.Select(number => (double)number).ShouldBe(expected);
        byte[] bytes = new byte[data.Length];
        file.ReadBytes("a", bytes);
        bytes.ShouldBe(data);
    }

    [TestCase("BOOL", new byte[] { 1, 0 }, new long[] { 1, 0 })]
    [TestCase("U8", new byte[] { 1, 254 }, new long[] { 1, 254 })]
    [TestCase("I8", new byte[] { 1, 254 }, new long[] { 1, -2 })]
    [TestCase("I16", new byte[] { 1, 0, 254, 255 }, new long[] { 1, -2 })]
    [TestCase("U16", new byte[] { 1, 0, 254, 255 }, new long[] { 1, 65534 })]
    [TestCase("I32", new byte[] { 1, 0, 0, 0, 254, 255, 255, 255 }, new long[] { 1, -2 })]
    [TestCase("U32", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0x80 }, new long[] { 1, 2147483648 })]
    [TestCase("I64", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80 }, new[] { 1, long.MinValue })]
    [TestCase("U64", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 0x7F }, new[] { 1, long.MaxValue })]
    public void ReadInt64_EachType_GivesItsNumbers(string type, byte[] data, long[] expected)
    {
        using SafeTensorsFile file = OfTwo(type, data);
        long[] numbers = new long[2];
        file.ReadInt64("a", numbers);
        numbers.ShouldBe(expected);
    }

    [Test]
    public void Read_DoubleAsFloat_RoundsToTheNearest()
    {
        using SafeTensorsFile file = OfTwo("F64", [.. BitConverter.GetBytes(0.1), .. BitConverter.GetBytes(1e-60)]);
        float[] numbers = new float[2];
        file.Read("a", numbers);
        numbers.ShouldBe([0.1f, 0]);
    }

    [TestCase("I32", 16777217L, "16777217")]
    [TestCase("I64", long.MaxValue, "9223372036854775807")]
    [TestCase("U64", -1L, "18446744073709551615")]
    [TestCase("U32", 4294967295L, "4294967295")]
    public void Read_IntegerBetweenFloats_IsRefused(string type, long number, string shown)
    {
        int size = type[1] == '3' ? 4 : 8;
        byte[] one = BitConverter.GetBytes(number)[..size];
        using SafeTensorsFile file = OfTwo(type, [.. new byte[size], .. one]);
        InvalidDataException exception = Should.Throw<InvalidDataException>(() => file.Read("a", new float[2]));
        exception.Message.ShouldEndWith($": number 1 of tensor 'a' is {shown}, which is not a float. Read it as double.");
        if (size == 8)
        {
            Should.Throw<InvalidDataException>(() => file.Read("a", new double[2])).Message.ShouldEndWith($": number 1 of tensor 'a' is {shown}, which is not a double.");
        }
    }

    [Test]
    public void Read_NumberBeyondTheRange_IsRefused()
    {
        using SafeTensorsFile large = OfTwo("F64", [.. BitConverter.GetBytes(1.0), .. BitConverter.GetBytes(1e300)]);
        Should.Throw<InvalidDataException>(() => large.Read("a", new float[2])).Message
            .ShouldBe("'file', offset 71: number 1 of tensor 'a' is 1E+300, which is not a float. Read it as double.");
        using SafeTensorsFile unsigned = OfTwo("U64", [.. new byte[15], 0x80]);
        Should.Throw<InvalidDataException>(() => unsigned.ReadInt64("a", new long[2])).Message
            .ShouldBe("'file', offset 71: number 1 of tensor 'a' is 9223372036854775808, which is not a 64-bit integer.");
        using SafeTensorsFile bools = OfTwo("BOOL", [0, 2]);
        Should.Throw<InvalidDataException>(() => bools.Read("a", new float[2])).Message
            .ShouldBe("'file', offset 64: number 1 of tensor 'a' is 2 of the type Bool, 0 or 1, which is not a float.");
        using SafeTensorsFile floats = OfTwo("F32", new byte[8]);
        Should.Throw<InvalidDataException>(() => floats.ReadInt64("a", new long[2])).Message
            .ShouldBe("'file', offset 62: tensor 'a' is of Float32; expected integers.");
    }

    [Test]
    public void Add_WhatIsNoTensor_IsRefused()
    {
        var writer = new SafeTensorsWriter();
        writer.Add<float>("a", [2], new float[2]);
        writer.AddMetadata("k", "1");
        Message(() => writer.Add<float>("a", [2], new float[2])).ShouldBe("There is a tensor 'a' already. (Parameter 'name')");
        Message(() => writer.Add<float>("b", [3], new float[2])).ShouldBe("The dimensions [3] of tensor 'b' say 3 numbers, got 2. (Parameter 'dimensions')");
        Message(() => writer.Add<float>("b", [-1, -2], new float[2])).ShouldBe("The dimensions [-1, -2] of tensor 'b' are not all 0 or more. (Parameter 'dimensions')");
        Message(() => writer.Add<float>("b", [int.MaxValue, int.MaxValue, int.MaxValue], new float[2]))
            .ShouldBe("The dimensions [2147483647, 2147483647, 2147483647] of tensor 'b' say more than 2⁶³ − 1 numbers, got 2. (Parameter 'dimensions')");
        Message(() => writer.Add<float>("__metadata__", [2], new float[2]))
            .ShouldBe("'__metadata__' is the name of the texts in a safetensors file; name the tensor otherwise. (Parameter 'name')");
        Message(() => writer.Add<float>("\ud800", [2], new float[2])).ShouldBe("The text has half of a surrogate pair at 0, which no file can hold. (Parameter 'name')");
        Message(() => writer.AddMetadata("k", "2")).ShouldBe("There is a text 'k' already. (Parameter 'name')");
        Message(() => writer.AddMetadata("l", "x\udc00")).ShouldBe("The text has half of a surrogate pair at 1, which no file can hold. (Parameter 'text')");
        Message(() => writer.AddBytes("b", TensorType.BFloat16, [1], new byte[3])).ShouldBe("Numbers of BFloat16 have 2 bytes each, got 3 bytes. (Parameter 'bytes')");
        Should.Throw<NotSupportedException>(() => writer.Add<char>("b", [2], new char[2])).Message.ShouldBe("Tensors in files are of floats, integers or bool, got System.Char.");
    }

    private static string Message(Action action) => Should.Throw<ArgumentException>(action).Message;

    private static SafeTensorsFile OfTwo(string type, byte[] data) => SafeTensorsFile.Parse(
        SafeTensorsBytes.Of($$$"""{"a":{"dtype":"{{{type}}}","shape":[2],"data_offsets":[0,{{{data.Length}}}]}}""", data), "file");

    private static byte[] Bytes(SafeTensorsWriter writer)
    {
        var stream = new MemoryStream();
        writer.Write(stream);
        return stream.ToArray();
    }

    private static SafeTensorsFile Written(SafeTensorsWriter writer) => SafeTensorsFile.Parse(Bytes(writer), "written");
}
