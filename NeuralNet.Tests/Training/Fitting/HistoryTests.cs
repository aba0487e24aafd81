using System.Text;
using System.Text.Json;
using NeuralNet.Training.Fitting;

namespace NeuralNet.Tests.Training.Fitting;

/// <summary>Histories and their files.</summary>
internal sealed class HistoryTests
{
    [Test]
    public void WriteCsv_FiguresThatDifferByEpoch_ReadBackCellByCell()
    {
        using var writer = new StringWriter();
        Example().WriteCsv(writer);

        string[] lines = writer.ToString().Split("\r\n");
        lines[0].ShouldBe("epoch,steps,samples,seconds,training loss,\"validation F1, macro\"");
        lines[1].ShouldBe("1,10,300,1.5,0.1,");
        lines[2].ShouldBe("2,20,300,0.25,NaN,0.30000000000000004");
        lines[3].ShouldBe("");
        lines.Length.ShouldBe(4);
    }

    [Test]
    public void WriteJsonLines_EachLine_IsAnObject()
    {
        using var stream = new MemoryStream();
        Example().WriteJsonLines(stream);

        string[] lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n');
        lines.Length.ShouldBe(3);
        lines[2].ShouldBe("");
        lines[0].ShouldBe("""{"epoch":1,"steps":10,"samples":300,"seconds":1.5,"training loss":0.1}""");
        using var first = JsonDocument.Parse(lines[0]);
        first.RootElement.GetProperty("epoch").GetInt32().ShouldBe(1);
        first.RootElement.GetProperty("seconds").GetDouble().ShouldBe(1.5);
        first.RootElement.GetProperty("training loss").GetDouble().ShouldBe(0.1);
        first.RootElement.TryGetProperty("validation F1, macro", out _).ShouldBeFalse();
        using var second = JsonDocument.Parse(lines[1]);
        second.RootElement.GetProperty("training loss").ValueKind.ShouldBe(JsonValueKind.Null);
        second.RootElement.GetProperty("validation F1, macro").GetDouble().ShouldBe(0.1 + 0.2);
    }

    [Test]
    public void WriteCsv_Path_ReplacesTheFile()
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid()}.csv");
        try
        {
            File.WriteAllText(path, new string('x', 10_000));
            Example().WriteCsv(path);
            File.ReadAllText(path).ShouldStartWith("epoch,steps,samples,seconds,training loss");
            File.ReadAllText(path).ShouldNotContain("x,");
            Example().WriteJsonLines(path);
            File.ReadAllLines(path).Length.ShouldBe(2);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Curve_FigureOfSomeEpochs_IsNaNInTheOthers()
    {
        IReadOnlyList<double> curve = Example().Curve("validation F1, macro");

        curve[0].ShouldBe(double.NaN);
        curve[1].ShouldBe(0.1 + 0.2);
    }

    [Test]
    public void ToString_History_IsATable()
    {
        TrainingHistory history = Example();

        history.ToString().ShouldStartWith("  epoch  training loss  validation F1, macro  samples/s");
        history.Last.ToString().ShouldBe("epoch 2: training loss NaN, validation F1, macro 0.3");
        history.Last.SamplesPerSecond.ShouldBe(1200);
        Should.Throw<InvalidOperationException>(() => new TrainingHistory().Last);
    }

    [TestCase("")]
    [TestCase("canceled")]
    public void ToString_History_HasARowForEachEpochAndTheReasonOfItsEnd(string reason)
    {
        TrainingHistory history = Example();
        history.EndReason = reason;

        history.ToString().Split('\n').Select(line => string.Join('|', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            .ShouldBe(["epoch|training|loss|validation|F1,|macro|samples/s", "1|0.1|200", "2|NaN|0.3|1,200", .. reason.Length > 0 ? [reason, ""] : (string[])[""]]);
    }

    [Test]
    public void ToString_Progress_SaysHowFar()
    {
        new TrainingProgress(3, 10, 120, 188, 0.123449, 184_000, TimeSpan.FromSeconds(72), null).ToString()
            .ShouldBe("epoch 3/10, step 120/188, loss 0.1234, 184,000 samples/s, 1:12 left");
        new TrainingProgress(1, 2, 5, null, 2, 10, null, null).ToString().ShouldBe("epoch 1/2, step 5, loss 2, 10 samples/s");
    }

    private static TrainingHistory Example()
    {
        var history = new TrainingHistory();
        history.Add(new EpochRecord(1, 10, 300, TimeSpan.FromSeconds(1.5), [new("training loss", 0.1)]));
        history.Add(new EpochRecord(2, 20, 300, TimeSpan.FromSeconds(0.25), [new("training loss", double.NaN), new("validation F1, macro", 0.1 + 0.2)]));
        return history;
    }
}
