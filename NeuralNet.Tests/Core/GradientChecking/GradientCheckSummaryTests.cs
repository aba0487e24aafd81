using System.Text.Json;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.GradientChecking;

/// <summary>Several functions in one table, and reports for programs and pages.</summary>
internal sealed class GradientCheckSummaryTests
{
    [Test]
    public void All_RightWrongAndBroken_AreTold()
    {
        GradientCheckSummary summary = GradientCheck.All([Square("Ada", 2), Square("Bob|<b>", 1), Square("Eve", double.NaN), Broken()]);

        summary.Passed.ShouldBeFalse();
        summary.Reports.Select(report => report.Passed).ShouldBe([true, false, false]);
        summary.Refused.Single().ShouldBe(("Mallory", "no such file"));
        summary.ToString().ShouldContain("Gradient checks of 4 functions: 3 FAILED");
        summary.ToString().ShouldContain("x: off by the factor 0.5 = ½");
        Should.Throw<InvalidOperationException>(summary.ThrowIfFailed).Message.ShouldBe(summary.ToString());
        GradientCheck.All([Square("Ada", 2)]).ThrowIfFailed().ToString().ShouldContain("all passed");
        GradientCheck.All([]).Passed.ShouldBeTrue();
    }

    [Test]
    public void ToMarkdown_NamesWithSigns_StayInTheirCells()
    {
        GradientCheckSummary summary = GradientCheck.All([Square("Ada", 2), Square("Bob|<b>", 1)]);

        string[] lines = summary.ToMarkdown().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(4);
        lines[0].ShouldBe("| function | variables | worst error | at | verdict | diagnosis |");
        lines[1].ShouldBe("| --- | --- | --- | --- | --- | --- |");
        lines[2].ShouldStartWith("| Ada | 1 |");
        lines[3].ShouldStartWith(@"| Bob\|&lt;b> | 1 |");
        string one = summary.Reports[1].ToMarkdown();
        one.ShouldStartWith(@"**Bob\|&lt;b>**: FAILED");
        one.ShouldContain("| x | [2×3] | all | 0 |");
        one.ShouldContain("\n- x: off by the factor 0.5");
    }

    [Test]
    public void ToJson_Read_HasWhatTheReportHas()
    {
        GradientCheckSummary summary = GradientCheck.All([Square("Ada", 2), Square("E\"ve\n", double.NaN), Broken()]);

        JsonElement root = JsonDocument.Parse(summary.ToJson()).RootElement;
        root.GetProperty("passed").GetBoolean().ShouldBeFalse();
        root.GetProperty("refused")[0].GetProperty("reason").GetString().ShouldBe("no such file");
        JsonElement ada = root.GetProperty("functions")[0], eve = root.GetProperty("functions")[1];
        ada.GetProperty("passed").GetBoolean().ShouldBeTrue();
        ada.GetProperty("variables")[0].GetProperty("checked").GetInt32().ShouldBe(6);
        ada.GetProperty("worstError").GetDouble().ShouldBe(summary.Reports[0].WorstError);
        eve.GetProperty("function").GetString().ShouldBe("E\"ve\n");
        eve.GetProperty("worstError").ValueKind.ShouldBe(JsonValueKind.Null);
        eve.GetProperty("diagnoses")[0].GetProperty("mistake").GetString().ShouldBe("NotFinite");
        JsonDocument.Parse(summary.Reports[0].ToJson()).RootElement.GetProperty("verdict").GetString().ShouldBe("good");
    }

    private static DifferentiableFunction<double> Square(string name, double factor)
    {
        Matrix<double> x = Some.Matrix<double>(2, 3);
        return new DifferentiableFunction<double>(name, [("x", x)], () => x.PointwisePower(2), u => [factor * u.PointwiseMultiply(x)]);
    }

    private static DifferentiableFunction<double> Broken() =>
        new("Mallory", [("x", Some.Matrix<double>(2, 3))], () => throw new FileNotFoundException("no such file"), _ => []);
}
