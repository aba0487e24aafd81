using NeuralNet.Core;
using NeuralNet.Layers;
using NeuralNet.Training.Onnx;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>Where models come from and go to: arguments that are null, and streams of all kinds.</summary>
internal sealed class OnnxFileTests
{
    private static readonly Linear<float> Network = new(4, 2, new Random(1));
    private static readonly Matrix<float> X = Matrices.FromRows<float>([1, 2, 3, 4]);

    [Test]
    public void SaveAndLoad_Null_NameTheArgument()
    {
        using var stream = new MemoryStream();
        Of(() => OnnxFile.Save<float>(null!, "never.onnx")).ShouldBe("network");
        Of(() => OnnxFile.Save(Network, (string)null!)).ShouldBe("path");
        Of(() => OnnxFile.Save<float>(null!, stream)).ShouldBe("network");
        Of(() => OnnxFile.Save(Network, (Stream)null!)).ShouldBe("stream");
        Of(() => OnnxFile.Load<float>((Stream)null!, "m")).ShouldBe("stream");
        Of(() => OnnxFile.Load<float>(stream, null!)).ShouldBe("name");
        Of(() => OnnxFile.Load<float>(OnnxBytes.Of(Network), null!)).ShouldBe("name");

        static string? Of(Action call) => Should.Throw<ArgumentNullException>(call).ParamName;
    }

    // A stream may stand in the middle of a file, or tell neither its length nor where it stands.
    [TestCase(true)]
    [TestCase(false)]
    public void Load_AStream_IsReadToItsEnd(bool canSeek)
    {
        using var stream = new OddStream([1, 2, 3, .. OnnxBytes.Of(Network)], canSeek);
        stream.ReadExactly(new byte[3]);
        OnnxFile.Load<float>(stream, "m").Forward(X).ShouldBe(Network.Forward(X));
    }

    [Test]
    public void Load_AStreamBehindItsEnd_HasNoModel()
    {
        using var stream = new MemoryStream(new byte[3]) { Position = 5 };
        Should.Throw<InvalidDataException>(() => OnnxFile.Load<float>(stream, "m")).Message.ShouldBe("'m' is no ONNX model, or damaged: it has no graph.");
    }

    [Test]
    public void Load_AStreamThatFails_FailsAsItDoes()
    {
        using var stream = new OddStream(OnnxBytes.Of(Network), canSeek: false) { Error = new IOException("The line is broken.") };
        Should.Throw<IOException>(() => OnnxFile.Load<float>(stream, "m")).ShouldBeSameAs(stream.Error);
    }

    // As a connection is: it may not be sought in, or break.
    private sealed class OddStream(byte[] bytes, bool canSeek) : MemoryStream(bytes)
    {
        public IOException? Error { get; init; }

        public override bool CanSeek => canSeek;

        public override long Length => canSeek ? base.Length : throw new NotSupportedException();

        public override long Position
        {
            get => canSeek ? base.Position : throw new NotSupportedException();
            set => base.Position = value;
        }

        public override int Read(byte[] buffer, int offset, int count) => Error is null ? base.Read(buffer, offset, count) : throw Error;
    }
}
