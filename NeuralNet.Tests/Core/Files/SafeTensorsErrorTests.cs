using NeuralNet.Core;
using NeuralNet.Core.Files;
using NeuralNet.Tests.Training.Data;

namespace NeuralNet.Tests.Core.Files;

/// <summary>What is wrong with a safetensors file, by the whole message.</summary>
internal sealed class SafeTensorsErrorTests
{
    private const string A = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";
    private const string Whole = "expected a whole number from 0 to 9223372036854775807.";

    private static IEnumerable<TestCaseData> Headers =>
    [
        Case("empty", "", 0, "offset 8: the header is empty, expected '{'."),
        Case("list", "[]", 0, "offset 8: the header begins with the byte 0x5B, expected '{'."),
        Case("space first", " {}", 0, "offset 8: the header begins with the byte 0x20, expected '{'."),
        Case("no end", "{", 0, "offset 9: the header is not JSON from here on."),
        Case("no JSON", """{"a"}""", 0, "offset 12: the header is not JSON from here on."),
        Case("two objects", "{}{}", 0, "offset 10: the header is not JSON from here on."),
        Case("a comma too many", A.Replace("}}", "},}"), 8, "offset 62: the header is not JSON from here on."),
        Case("too deep", $$"""{"a":{{new string('[', 100)}}""", 0, "offset 13: tensor 'a' is a list; expected an object."),
        Case("half a letter", """{"\ud800":{}}""", 0, "offset 9: the text here has half of a surrogate pair, which is no letter."),
        Case("no object", """{"a":7}""", 0, "offset 13: tensor 'a' is 7; expected an object."),
        Case("null", """{"a":null}""", 0, "offset 13: tensor 'a' is null; expected an object."),
        Case("no type", """{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "offset 13: tensor 'a' has no 'dtype'."),
        Case("no shape", """{"a":{"dtype":"F32","data_offsets":[0,8]}}""", 8, "offset 13: tensor 'a' has no 'shape'."),
        Case("no offsets", """{"a":{"dtype":"F32","shape":[2]}}""", 8, "offset 13: tensor 'a' has no 'data_offsets'."),
        Case("unknown key", A.Replace("}}", ""","order":"F"}}"""), 8, "offset 61: tensor 'a' has 'order', which is not known; expected 'dtype', 'shape' and 'data_offsets'."),
        Case("type twice", A.Replace("\"shape\"", "\"dtype\":\"F32\",\"shape\""), 8, "offset 28: tensor 'a' has 'dtype' twice."),
        Case("shape twice", A.Replace("\"data", "\"shape\":[2],\"data"), 8, "offset 40: tensor 'a' has 'shape' twice."),
        Case("offsets twice", A.Replace("}}", ""","data_offsets":[0,8]}}"""), 8, "offset 61: tensor 'a' has 'data_offsets' twice."),
        Case("same tensor twice", A.Replace("}}", "},\"\\u0061\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]}}"), 12, "offset 62: tensor 'a' stands in the header twice."),
        Case("unknown type", A.Replace("F32", "F8_E4M3"), 8,
            "offset 22: tensor 'a' is of the type 'F8_E4M3', which is not known; known are BOOL, U8, I8, I16, U16, F16, BF16, I32, U32, F32, F64, I64, U64."),
        Case("type is a number", A.Replace("\"F32\"", "32"), 8, "offset 22: 'dtype' of tensor 'a' is 32; expected a text."),
        Case("shape is a number", A.Replace("[2]", "2"), 8, "offset 36: 'shape' of tensor 'a' is 2; expected a list of whole numbers."),
        Case("negative dimension", A.Replace("[2]", "[2,-1]"), 8, $"offset 39: number 2 of 'shape' of tensor 'a' is -1; {Whole}"),
        Case("minus zero", A.Replace("[2]", "[-0]"), 8, $"offset 37: number 1 of 'shape' of tensor 'a' is -0; {Whole}"),
        Case("fraction", A.Replace("[2]", "[2.5]"), 8, $"offset 37: number 1 of 'shape' of tensor 'a' is 2.5; {Whole}"),
        Case("exponent", A.Replace("[2]", "[2e0]"), 8, $"offset 37: number 1 of 'shape' of tensor 'a' is 2e0; {Whole}"),
        Case("dimension is a text", A.Replace("[2]", "[\"2\"]"), 8, $"offset 37: number 1 of 'shape' of tensor 'a' is a text; {Whole}"),
        Case("dimension beyond 64 bits", A.Replace("[2]", "[9223372036854775808]"), 8, $"offset 37: number 1 of 'shape' of tensor 'a' is 9223372036854775808; {Whole}"),
        Case("65 dimensions", A.Replace("[2]", $"[{string.Join(',', Enumerable.Repeat(1, 65))}]"), 8, "offset 165: 'shape' of tensor 'a' has more than 64 numbers."),
        Case("product beyond 64 bits", A.Replace("[2]", "[4294967296,4294967296]"), 8,
            "offset 13: tensor 'a' has the dimensions [4294967296, 4294967296] and the type Float32, more than 2⁶³ − 1 numbers, but lies from 0 to 8, 8 bytes."),
        Case("bytes beyond 64 bits", A.Replace("[2]", "[4611686018427387904]"), 8,
            "offset 13: tensor 'a' has the dimensions [4611686018427387904] and the type Float32, 18446744073709551616 bytes, but lies from 0 to 8, 8 bytes."),
        Case("shape and place", A.Replace("[2]", "[3]"), 8, "offset 13: tensor 'a' has the dimensions [3] and the type Float32, 12 bytes, but lies from 0 to 8, 8 bytes."),
        Case("one offset", A.Replace("[0,8]", "[8]"), 8, "offset 13: 'data_offsets' of tensor 'a' are [8]; expected two, begin and end."),
        Case("three offsets", A.Replace("[0,8]", "[0,8,8]"), 8, "offset 60: 'data_offsets' of tensor 'a' has more than 2 numbers."),
        Case("backwards", A.Replace("[0,8]", "[8,0]"), 8, "offset 13: tensor 'a' lies from 8 to 0, which runs backwards."),
        Case("past the end", A, 7, "offset 13: tensor 'a' lies from 0 to 8, past the end of the data, which is 7 bytes long."),
        Case("empty past the end", A.Replace("}}", """},"b":{"dtype":"U8","shape":[0],"data_offsets":[9,9]}}"""), 8,
            "offset 66: tensor 'b' lies from 9 to 9, past the end of the data, which is 8 bytes long."),
        Case("bytes left over", A, 9, "offset 70: the last tensor ends here, but 1 bytes follow."),
        Case("bytes and no tensor", "{}", 1, "offset 10: the last tensor ends here, but 1 bytes follow."),
        Case("hole at the begin", A.Replace("[0,8]", "[1,9]"), 9, "offset 63: tensor 'a' begins at 1 of the data, but the one before it ends at 0: there is a hole."),
        Case("hole", A.Replace("}}", """},"b":{"dtype":"U8","shape":[1],"data_offsets":[9,10]}}"""), 10,
            "offset 124: tensor 'b' begins at 9 of the data, but the one before it ends at 8: there is a hole."),
        Case("overlap", A.Replace("}}", """},"b":{"dtype":"U8","shape":[2],"data_offsets":[7,9]}}"""), 9,
            "offset 121: tensor 'b' begins at 7 of the data, but the one before it ends at 8: they overlap."),
        Case("texts twice", """{"__metadata__":{},"__metadata__":{}}""", 0, "offset 27: '__metadata__' stands in the header twice."),
        Case("texts are a list", """{"__metadata__":[]}""", 0, "offset 24: '__metadata__' is a list; expected an object of texts."),
        Case("texts are null", """{"__metadata__":null}""", 0, "offset 24: '__metadata__' is null; expected an object of texts."),
        Case("a text is a number", """{"__metadata__":{"k":1}}""", 0, "offset 29: 'k' in '__metadata__' is 1; expected a text."),
        Case("a text is an object", """{"__metadata__":{"k":{}}}""", 0, "offset 29: 'k' in '__metadata__' is an object; expected a text."),
        Case("a text twice", """{"__metadata__":{"k":"1","k":"2"}}""", 0, "offset 37: 'k' stands in '__metadata__' twice."),
    ];

    [TestCaseSource(nameof(Headers))]
    public void Parse_UnsoundHeader_SaysWhatAndWhere(string header, int dataBytes, string message) =>
        Should.Throw<InvalidDataException>(() => SafeTensorsFile.Parse(SafeTensorsBytes.Of(header, new byte[dataBytes]), "file")).Message
            .ShouldBe($"'file', {message}");

    private static IEnumerable<TestCaseData> Files =>
    [
        Bytes("7 bytes", new byte[7], "offset 0: the file has 7 bytes, but a safetensors file begins with 8 that say the length of its header."),
        Bytes("long header", SafeTensorsBytes.Length(100_000_001),
            "offset 0: the header is to be 100000001 bytes long, more than the 100000000 that the format allows. Is it a safetensors file?"),
        Bytes("header of 2⁶⁴ − 1", [255, 255, 255, 255, 255, 255, 255, 255],
            "offset 0: the header is to be 18446744073709551615 bytes long, more than the 100000000 that the format allows. Is it a safetensors file?"),
        Bytes("header past the end", [.. SafeTensorsBytes.Length(100_000_000), 1, 2], "offset 0: the header is to be 100000000 bytes long, but 2 follow."),
        Bytes("no UTF-8", SafeTensorsBytes.Of([(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)'}']), "offset 8: the header is not UTF-8."),
    ];

    [TestCaseSource(nameof(Files))]
    public void Parse_UnsoundFile_SaysWhatAndWhere(byte[] file, string message) =>
        Should.Throw<InvalidDataException>(() => SafeTensorsFile.Parse(file, "file")).Message.ShouldBe($"'file', {message}");

    [Test]
    public void Parse_HeaderThatClaimsMuch_TakesNoMemoryForIt()
    {
        byte[] file = SafeTensorsBytes.Length(100_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<InvalidDataException>(() => SafeTensorsFile.Parse(file, "file"));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 16);
    }

    [Test]
    public void Open_DamagedFile_NamesItAndClosesIt()
    {
        using var folder = new IdxFolder();
        string path = folder.Write("file", SafeTensorsBytes.Of("[]"));
        Should.Throw<InvalidDataException>(() => SafeTensorsFile.Open(path)).Message.ShouldBe($"'{path}', offset 8: the header begins with the byte 0x5B, expected '{{'.");
        File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
        Should.Throw<FileNotFoundException>(() => SafeTensorsFile.Open(path + "2")).Message.ShouldBe($"'{path}2' does not exist; expected a safetensors file.");
        Should.Throw<InvalidDataException>(() => SafeTensorsFile.Open(folder.Path)).Message.ShouldBe($"'{folder.Path}' is a folder; expected a safetensors file.");
    }

    [Test]
    public void Read_FileMadeShorterMeanwhile_SaysSo()
    {
        using var folder = new IdxFolder();
        string path = folder.Write("file", SafeTensorsBytes.Of(A, new byte[8]));
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        using (var shortened = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            shortened.SetLength(66);
        }

        Should.Throw<InvalidDataException>(() => file.Read("a", new float[2])).Message.ShouldBe($"'{path}', offset 66: the file ends here, but had 70 bytes when it was opened.");
    }

    [Test]
    public void Read_WrongName_ListsThoseThatThereAre()
    {
        using SafeTensorsFile one = SafeTensorsFile.Parse(SafeTensorsBytes.Of(A, new byte[8]), "file");
        Should.Throw<ArgumentException>(() => one["b"]).Message.ShouldBe("'file': there is no tensor 'b'. There are 'a'. (Parameter 'name')");
        using SafeTensorsFile none = SafeTensorsFile.Parse(SafeTensorsBytes.Of("{}"), "file");
        Should.Throw<ArgumentException>(() => none.Read("b", new float[1])).Message.ShouldBe("'file': there is no tensor 'b'. There are none. (Parameter 'name')");
        var writer = new SafeTensorsWriter();
        for (int i = 0; i < 20; i++)
        {
            writer.Add<float>($"layer.{i}.weight", [0], Array.Empty<float>());
        }

        var stream = new MemoryStream();
        writer.Write(stream);
        using SafeTensorsFile many = SafeTensorsFile.Parse(stream.ToArray(), "file");
        Should.Throw<ArgumentException>(() => many["layer.1.weigth"]).Message.ShouldStartWith(
            "'file': there is no tensor 'layer.1.weigth'. There are 20, of which these are the nearest: 'layer.1.weight', ");
    }

    [Test]
    public void Read_WrongLength_SaysBoth()
    {
        using SafeTensorsFile file = SafeTensorsFile.Parse(SafeTensorsBytes.Of(A, new byte[8]), "file");
        Should.Throw<ArgumentException>(() => file.Read("a", new float[3])).Message.ShouldBe("'file': tensor 'a' has 2 numbers, the target takes 3. (Parameter 'target')");
        Should.Throw<ArgumentException>(() => file.ReadInt64("a", new long[1])).Message.ShouldBe("'file': tensor 'a' has 2 numbers, the target takes 1. (Parameter 'target')");
        Should.Throw<ArgumentException>(() => file.ReadBytes("a", new byte[2])).Message.ShouldBe("'file': tensor 'a' has 8 bytes, the target takes 2. (Parameter 'target')");
        Should.Throw<ArgumentException>(() => file.ReadMatrix("a", Matrices.Zeros<float>(2, 1))).Message
            .ShouldBe("'file': tensor 'a' is a matrix [1×2], the target is [2×1]. (Parameter 'target')");
    }

    [Test]
    public void ReadMatrix_ThreeDimensions_Advises()
    {
        using SafeTensorsFile file = SafeTensorsFile.Parse(SafeTensorsBytes.Of(A.Replace("[2]", "[1,1,2]"), new byte[8]), "file");
        Should.Throw<ArgumentException>(() => file.ReadMatrix<float>("a")).Message.ShouldBe(
            "'file': tensor 'a' has the dimensions [1, 1, 2]; a matrix has two. Read its numbers into a span, row-major, and arrange them. (Parameter 'name')");
    }

    [Test]
    public void ReadMatrix_MoreThanAMatrixHolds_SaysSo()
    {
        using SafeTensorsFile file = SafeTensorsFile.Parse(SafeTensorsBytes.Of("""{"a":{"dtype":"F32","shape":[0,4294967296],"data_offsets":[0,0]}}"""), "file");
        Should.Throw<ArgumentException>(() => file.ReadMatrix<float>("a")).Message.ShouldBe(
            $"'file': tensor 'a' has the dimensions [0, 4294967296]; a matrix has at most {Array.MaxLength} elements. (Parameter 'name')");
    }

    private static TestCaseData Case(string name, string header, int dataBytes, string message) =>
        new TestCaseData(header, dataBytes, message).SetArgDisplayNames(name);

    private static TestCaseData Bytes(string name, byte[] file, string message) => new TestCaseData(file, message).SetArgDisplayNames(name);
}
