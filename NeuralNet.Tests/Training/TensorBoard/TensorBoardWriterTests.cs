using NeuralNet.Tests.Support;
using NeuralNet.Training.TensorBoard;

namespace NeuralNet.Tests.Training.TensorBoard;

internal sealed class TensorBoardWriterTests
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"tensorboard-{Guid.NewGuid():N}");

    [TearDown]
    public void RemoveFolder()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    // The check value of CRC-32C in catalogues of such sums; and 32 zeros, of RFC 3720, B.4.
    [Test]
    public void Reader_KnownSums_AreFound()
    {
        EventFileReader.Crc32C("123456789"u8).ShouldBe(0xE3069283);
        EventFileReader.Crc32C(new byte[32]).ShouldBe(0x8A9136AA);
    }

    [Test]
    public void Constructor_NewFolder_MakesAFileThatSaysWhatItIs()
    {
        using var writer = new TensorBoardWriter(Path.Combine(_folder, "run 1"), "host", new Clock());
        writer.Flush();

        writer.FilePath.ShouldBe(Path.Combine(_folder, "run 1", "events.out.tfevents.1700000000.host"));
        List<(int Number, object Value)> first = EventFileReader.Fields(EventFileReader.Records(writer.FilePath).ShouldHaveSingleItem());
        first.Only<double>(1).ShouldBe(1700000000.25);
        first.Text(3).ShouldBe("brain.Event:2");
        first.Count.ShouldBe(2);
    }

    [Test]
    public void Constructor_SecondInTheSameSecond_HasAFileOfItsOwn()
    {
        using var first = new TensorBoardWriter(_folder, "host", new Clock());
        using var second = new TensorBoardWriter(_folder, "host", new Clock());
        using var third = new TensorBoardWriter(_folder, "host", new Clock());
        Directory.GetFiles(_folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).ShouldBe(
            ["events.out.tfevents.1700000000.host", "events.out.tfevents.1700000000.host.2", "events.out.tfevents.1700000000.host.3"]);
    }

    [Test]
    public void Constructor_Defaults_AreMachineAndTime()
    {
        DateTimeOffset before = DateTimeOffset.UtcNow;
        using var writer = new TensorBoardWriter(_folder);
        string[] parts = Path.GetFileName(writer.FilePath).Split('.', 5);
        parts[4].ShouldBe(Environment.MachineName);
        long.Parse(parts[3], System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(
            before.ToUnixTimeSeconds(), DateTimeOffset.UtcNow.ToUnixTimeSeconds());
    }

    [TestCase(0.5, 0L)]
    [TestCase(-1e30, 1L)]
    [TestCase(double.NaN, 127L)]
    [TestCase(double.PositiveInfinity, 128L)]
    [TestCase(1e300, long.MaxValue)]
    public void Scalar_AnyNumber_IsReadBackAsFloat(double value, long step)
    {
        List<(int Number, object Value)> written = Written(writer => writer.Scalar("loss/träin", value, step), out List<(int Number, object Value)> read);
        written.Only<double>(1).ShouldBe(1700000000.25);
        written.Only<long>(2).ShouldBe(step);
        read.Text(1).ShouldBe("loss/träin");
        read.Only<float>(2).ShouldBe((float)value);
        read.Count.ShouldBe(2);
    }

    [Test]
    public void Scalar_LongTag_IsReadBack()
    {
        string tag = new('ü', 5000);
        Written(writer => writer.Scalar(tag, 1, 3), out List<(int Number, object Value)> read);
        read.Text(1).ShouldBe(tag);
    }

    [TestCase("")]
    [TestCase("# Ün\n| a | b |")]
    public void Text_Markdown_IsATensorOfOneStringForThePluginOfTexts(string markdown)
    {
        Written(writer => writer.Text("settings", markdown, 3), out List<(int Number, object Value)> read);
        read.Text(1).ShouldBe("settings");
        List<(int Number, object Value)> tensor = read.Message(8), metadata = read.Message(9);
        tensor.Only<long>(1).ShouldBe(7);
        tensor.Message(2).ShouldBeEmpty();
        tensor.Text(8).ShouldBe(markdown);
        metadata.Message(1).Text(1).ShouldBe("text");
        metadata.Only<long>(4).ShouldBe(2);
    }

    [Test]
    public void Text_Long_IsReadBack()
    {
        string markdown = string.Concat(Enumerable.Repeat("long text ", 20000));
        Written(writer => writer.Text("t", markdown, 3), out List<(int Number, object Value)> read);
        read.Message(8).Text(8).ShouldBe(markdown);
    }

    [Test]
    public void Histogram_ByHand_CountsBetweenLimitsThatGrowByATenth()
    {
        Written(writer => writer.Histogram<float>("weight", [0, 0, 0.5f, -0.5f, 2, 2, 2], 9), out List<(int Number, object Value)> read);
        read.Text(1).ShouldBe("weight");
        List<(int Number, object Value)> histogram = read.Message(5);
        double[] scalars = [.. Enumerable.Range(1, 5).Select(histogram.Only<double>)];
        scalars.ShouldBe([-0.5, 2, 7, 6, 12.5]);

        (double[] limits, double[] counts) = (histogram.Doubles(6), histogram.Doubles(7));
        counts.ShouldBe([0, 1, 0, 2, 0, 1, 0, 3, 0]);
        limits.ShouldBeInOrder();
        limits[^1].ShouldBe(double.MaxValue);
        // −0.5 is in [−0.5·1.1, …), the zeros in [0, 1e-12), and limits between are the last ones before the next number.
        InBucket(1, -0.5);
        limits[2].ShouldBe(0);
        limits[3].ShouldBe(1e-12);
        InBucket(5, 0.5);
        InBucket(7, 2);

        void InBucket(int bucket, double value)
        {
            limits[bucket - 1].ShouldBeLessThanOrEqualTo(value);
            limits[bucket].ShouldBeGreaterThan(value);
            (limits[bucket] / limits[bucket - 1]).ShouldBe(value > 0 ? 1.1 : 1 / 1.1, 1e-9);
        }
    }

    [Test]
    public void Histogram_Extremes_AreInTheOuterBuckets()
    {
        Written(writer => writer.Histogram<double>("w", [double.MaxValue, -double.MaxValue, 1e21, 1e-300, -1e-300], 9), out List<(int Number, object Value)> read);
        List<(int Number, object Value)> histogram = read.Message(5);
        histogram.Doubles(7).Sum().ShouldBe(5);
        histogram.Doubles(7).ShouldBe([0, 1, 0, 1, 1, 0, 2]);
        double[] limits = histogram.Doubles(6);
        limits[0].ShouldBe(-double.MaxValue);
        (limits[3], limits[4], limits[6]).ShouldBe((0, 1e-12, double.MaxValue));
    }

    [Test]
    public void Histogram_SecondOne_ForgetsTheFirst()
    {
        using var writer = new TensorBoardWriter(_folder);
        writer.Histogram<double>("w", Some.Matrix<double>(100, 1).AsColumnMajorArray(), 0);
        writer.Histogram<double>("w", [1, 1], 1);
        writer.Dispose();
        List<(int Number, object Value)> histogram = EventFileReader.Fields(EventFileReader.Records(writer.FilePath)[2]).Message(5).Message(1).Message(5);
        histogram.Only<double>(3).ShouldBe(2);
        histogram.Doubles(7).ShouldBe([0, 2, 0]);
    }

    [Test]
    public void File_OfManyEvents_IsReadWhileItIsWritten()
    {
        using var writer = new TensorBoardWriter(_folder);
        for (int step = 0; step < 3000; step++)
        {
            writer.Scalar("loss", step, step);
        }

        writer.Flush();
        List<byte[]> records = EventFileReader.Records(writer.FilePath);
        records.Count.ShouldBe(3001);
        records.Skip(1).Select(record => EventFileReader.Fields(record).Only<long>(2)).ShouldBe(Enumerable.Range(0, 3000).Select(step => (long)step));
    }

    [Test]
    public void Writing_SteadyState_AllocatesNothing()
    {
        using var writer = new TensorBoardWriter(_folder);
        float[] values = [1, 2, -3];
        Allocation.OfThread(() =>
        {
            writer.Scalar("loss", 0.5, 1);
            writer.Histogram<float>("weight", values, 1);
            writer.Text("text", "words", 1);
        }).ShouldBe(0);
    }

    [Test]
    public void Constructor_FolderThatCannotBeMade_SaysWhich()
    {
        Directory.CreateDirectory(_folder);
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        foreach (string folder in (string[])[file, Path.Combine(file, "run")])
        {
            Should.Throw<IOException>(() => new TensorBoardWriter(folder)).Message.ShouldStartWith($"No event file can be made in the folder '{folder}': ");
        }
    }

    [TestCase("")]
    [TestCase("a/b")]
    [TestCase("a\0b")]
    public void Constructor_NameThatIsNoFileName_IsRefused(string name)
    {
        Should.Throw<ArgumentException>(() => new TensorBoardWriter(_folder, name)).Message
            .ShouldBe($"The name of an event file must be usable in a file's name, got '{name}'. (Parameter 'name')");
        Should.Throw<ArgumentException>(() => new TensorBoardWriter(" ")).ParamName.ShouldBe("folder");
        Directory.Exists(_folder).ShouldBeFalse();
    }

    [Test]
    public void Writing_WhatHasNoPlace_IsRefusedAndNothingIsWritten()
    {
        using var writer = new TensorBoardWriter(_folder);
        Should.Throw<ArgumentException>(() => writer.Scalar("", 1, 1)).ParamName.ShouldBe("tag");
        Should.Throw<ArgumentException>(() => writer.Text(" ", "text", 1)).ParamName.ShouldBe("tag");
        Should.Throw<ArgumentNullException>(() => writer.Text("text", null!, 1)).ParamName.ShouldBe("markdown");
        Should.Throw<ArgumentOutOfRangeException>(() => writer.Scalar("loss", 1, -1)).ParamName.ShouldBe("step");
        Should.Throw<ArgumentException>(() => writer.Histogram<float>("w", [], 1)).Message.ShouldStartWith("The histogram 'w' needs at least one number, got none.");
        Should.Throw<ArgumentException>(() => writer.Histogram<float>("w", [1, float.NaN], 1)).Message.ShouldContain("number 1 of 2 is NaN");
        Should.Throw<ArgumentException>(() => writer.Histogram<float>("w", [float.NegativeInfinity], 1)).Message.ShouldContain("finite");
        writer.Flush();
        EventFileReader.Records(writer.FilePath).Count.ShouldBe(1);
    }

    [Test]
    public void Dispose_Twice_ClosesOnceAndRefusesTheRest()
    {
        var writer = new TensorBoardWriter(_folder);
        writer.Scalar("loss", 1, 1);
        writer.Dispose();
        writer.Dispose();
        EventFileReader.Records(writer.FilePath).Count.ShouldBe(2);
        Should.Throw<ObjectDisposedException>(() => writer.Scalar("loss", 1, 1));
        Should.Throw<ObjectDisposedException>(() => writer.Histogram<float>("w", [1], 1));
        Should.Throw<ObjectDisposedException>(() => writer.Text("t", "t", 1));
        Should.Throw<ObjectDisposedException>(writer.Flush).ObjectName.ShouldBe(typeof(TensorBoardWriter).FullName);
    }

    // The event that is written, and the one value of its summary.
    private List<(int Number, object Value)> Written(Action<TensorBoardWriter> write, out List<(int Number, object Value)> value)
    {
        using var writer = new TensorBoardWriter(_folder, "host", new Clock());
        write(writer);
        writer.Flush();
        List<(int Number, object Value)> written = EventFileReader.Fields(EventFileReader.Records(writer.FilePath)[1]);
        value = written.Message(5).Message(1);
        return written;
    }

    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(1700000000250);
    }
}
