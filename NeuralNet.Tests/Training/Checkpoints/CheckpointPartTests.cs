using NeuralNet.Core.Files;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Checkpoints;

namespace NeuralNet.Tests.Training.Checkpoints;

/// <summary>What a part of a training remembers, and is given back.</summary>
internal sealed class CheckpointPartTests
{
    [Test]
    public void Read_WhatWasAdded_ComesBack()
    {
        CheckpointReader<double> reader = Written();
        var (matrix, numbers) = (Matrix<double>.Build.Dense(2, 3), new double[2]);

        reader.Read("matrix", matrix);
        reader.Read("two", numbers);

        matrix.ToColumnMajorArray().ShouldBe(Some.Matrix<double>(2, 3).ToColumnMajorArray());
        numbers.ShouldBe([1, 2]);
        (reader.Number("one"), reader.Integer("steps"), reader.Text("name"), reader.Has("none")).ShouldBe((0.5, 7, "a", false));
    }

    [Test]
    public void Read_WhatIsOfAnotherSize_SaysBoth()
    {
        CheckpointReader<double> reader = Written();

        Refused(() => reader.Read("matrix", Matrix<double>.Build.Dense(3, 2)), "saved: 'part/matrix' has the axes [3, 2]; expected those of a matrix [3×2].");
        Refused(() => reader.Read("two", new double[3]), "saved: 'part/two' has 2 numbers; expected 3.");
        Refused(() => reader.Read("none", new double[3]), "saved has no numbers 'part/none'.");
        Refused(() => reader.Integer("name"), "saved: 'part/name' is 'a', not a whole number.");

        static void Refused(Action act, string message) => Should.Throw<InvalidDataException>(act).Message.ShouldBe(message);
    }

    [Test]
    public void AddAndRead_MatrixMissing_IsNamed()
    {
        Should.Throw<ArgumentNullException>(() => new CheckpointWriter<double>(new SafeTensorsWriter()).Add("x", (Matrix<double>)null!)).ParamName.ShouldBe("value");
        Should.Throw<ArgumentNullException>(() => Written().Read("matrix", (Matrix<double>)null!)).ParamName.ShouldBe("target");
    }

    [Test]
    public void ChecksumStream_WhatItCan_IsToBeWritten()
    {
        using var stream = new ChecksumStream(Stream.Null);

        (stream.CanRead, stream.CanSeek, stream.CanWrite).ShouldBe((false, false, true));
    }

    private static CheckpointReader<double> Written()
    {
        var file = new SafeTensorsWriter();
        CheckpointWriter<double> writer = new CheckpointWriter<double>(file).In("part");
        writer.Add("matrix", Some.Matrix<double>(2, 3));
        writer.Add("two", new double[] { 1, 2 });
        writer.AddNumbers("one", 0.5);
        writer.AddInteger("steps", 7);
        writer.AddText("name", "a");
        using var stream = new MemoryStream();
        file.Write(stream);
        return new CheckpointReader<double>(SafeTensorsFile.Parse(stream.ToArray(), "memory"), "saved").In("part");
    }
}
