using System.Text;
using NeuralNet.Core.Files;

namespace NeuralNet.Tests.Core.Files;

/// <summary>The names of types in files, as their formats define them, and texts of files in messages.</summary>
internal sealed class TypeNamesTests
{
    // The specification of safetensors, and NumPy's array interface; NumPy has no bfloat16.
    private static readonly (TensorType Type, string SafeTensors, string? NumPy)[] s_names =
    [
        (TensorType.Bool, "BOOL", "|b1"), (TensorType.UInt8, "U8", "|u1"), (TensorType.Int8, "I8", "|i1"), (TensorType.Int16, "I16", "<i2"), (TensorType.UInt16, "U16", "<u2"),
        (TensorType.Float16, "F16", "<f2"), (TensorType.BFloat16, "BF16", null), (TensorType.Int32, "I32", "<i4"), (TensorType.UInt32, "U32", "<u4"),
        (TensorType.Float32, "F32", "<f4"), (TensorType.Float64, "F64", "<f8"), (TensorType.Int64, "I64", "<i8"), (TensorType.UInt64, "U64", "<u8"),
    ];

    [Test]
    public void Names_AllTypes_AreThoseOfTheFormats()
    {
        s_names.Select(names => names.Type).ShouldBe(Enum.GetValues<TensorType>(), ignoreOrder: true);
        foreach ((TensorType type, string safeTensors, string? numPy) in s_names)
        {
            SafeTensorsTypes.NameOf(type).ShouldBe(safeTensors);
            SafeTensorsTypes.Find(safeTensors).ShouldBe(type);
            if (numPy is not null)
            {
                NpyTypes.NameOf(type).ShouldBe(numPy);
                NpyTypes.Find(numPy, out bool isBigEndian).ShouldBe(type);
                isBigEndian.ShouldBeFalse();
            }
        }

        SafeTensorsTypes.Find("F8_E4M3").ShouldBeNull();
        Should.Throw<NotSupportedException>(() => NpyTypes.NameOf(TensorType.BFloat16)).Message.ShouldBe("NumPy has no numbers of the type BFloat16.");
    }

    [TestCase(">f4", TensorType.Float32, true)]
    [TestCase(">i8", TensorType.Int64, true)]
    [TestCase("<u1", TensorType.UInt8, false)]
    [TestCase("=b1", TensorType.Bool, false)]
    public void Find_OtherOrders_AreKnown(string name, TensorType type, bool expected)
    {
        NpyTypes.Find(name, out bool isBigEndian).ShouldBe(type);
        isBigEndian.ShouldBe(expected);
    }

    [TestCase("|f4")]
    [TestCase("=i2")]
    [TestCase("f4")]
    [TestCase("!f4")]
    [TestCase("<f16")]
    [TestCase("<c8")]
    public void Find_OtherNames_AreNone(string name) => NpyTypes.Find(name, out _).ShouldBeNull();

    [Test]
    public void Save_OfATensor_HasTheNameInItsHeader()
    {
        foreach ((TensorType type, string name, _) in s_names)
        {
            var writer = new SafeTensorsWriter();
            writer.AddBytes("x", type, [1], new byte[TensorTypes.SizeOf(type)]);
            using var stream = new MemoryStream();
            writer.Write(stream);

            Encoding.UTF8.GetString(stream.ToArray()).ShouldContain($"\"dtype\":\"{name}\"");
        }
    }

    [Test]
    public void Shown_LongTextOrControlCharacters_FitsALine()
    {
        FileText.Shown("a name").ShouldBe("a name");
        FileText.Shown(new string('a', 80)).ShouldBe(new string('a', 80));
        FileText.Shown(new string('a', 81)).ShouldBe(new string('a', 80) + "…");
        FileText.Shown("\0a\nb c\u001F").ShouldBe("\uFFFDa\uFFFDb c\uFFFD");
    }

    [Test]
    public void Write_NoStream_IsRefused()
    {
        Should.Throw<ArgumentNullException>(() => new SafeTensorsWriter().Write((Stream)null!)).ParamName.ShouldBe("stream");
        Should.Throw<ArgumentNullException>(() => new NpzWriter().Write((Stream)null!)).ParamName.ShouldBe("stream");
    }
}
