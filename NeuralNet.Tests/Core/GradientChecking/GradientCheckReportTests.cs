using NeuralNet.Core.GradientChecking;

namespace NeuralNet.Tests.Core.GradientChecking;

/// <summary>Reports as they are printed, as pages and as JSON, whole.</summary>
internal sealed class GradientCheckReportTests
{
    private static readonly GradientCheckRow Right = new("x", 2, 3, 6, 0, 2.5e-10, 1, 2, 0.25, 0.2500001, GradientVerdict.Good);

    private static readonly GradientCheckRow Sampled = new("weight", 40, 50, 17, 2, 0.125, 3, 4, -1.5, 12345.678, GradientVerdict.Wrong)
    {
        Unresolved = 1,
        Directions = 4,
        SmallestSeen = 3e-7,
    };

    private static readonly GradientCheckRow Infinite = new("b*", 1, 1, 0, 1, double.PositiveInfinity, 0, 0, double.NegativeInfinity, double.NaN, GradientVerdict.NotChecked);

    private static readonly GradientCheckReport Passed = new("f", [Right], []);

    private static readonly GradientCheckReport Failed = new(
        "g\\h", [Right, Sampled, Infinite], [new("weight", GradientMistake.WrongFactor, "off", 2e-9, 0.5), new("b*", GradientMistake.Missing, "nothing")]);

    [Test]
    public void ToString_Report_IsATableWithRemarks()
    {
        Passed.ToString().ShouldBe(
            "Gradient check of f: passed, worst relative error 2.5e-10\n" +
            "  variable  shape  checked  kinks  worst error  at      analytic  numeric    verdict\n" +
            "  x         [2×3]  all      0      2.5e-10      (1, 2)  0.25      0.2500001  good\n");
        Failed.ToString().ShouldBe(
            "Gradient check of g\\h: FAILED, worst relative error ∞\n" +
            "  variable  shape    checked                    kinks  worst error  at      analytic  numeric    verdict\n" +
            "  x         [2×3]    all                        0      2.5e-10      (1, 2)  0.25      0.2500001  good\n" +
            "  weight    [40×50]  17 of 2000 + 4 directions  2      1.3e-1       (3, 4)  -1.5      12345.68   WRONG\n" +
            "  b*        [1×1]    0 of 1                     1      ∞            (0, 0)  ∞         NaN        not checked\n" +
            "  → weight: off (fits the numbers to 2e-9)\n" +
            "  → b*: nothing\n" +
            "  → random directions: an error above 3e-7 of a variable's gradient is missed with a probability below 1e-3\n");
    }

    [Test]
    public void ToMarkdown_Report_IsATableAndAList()
    {
        Passed.ToMarkdown().ShouldBe(
            "**f**: passed, worst relative error 2.5e-10\n\n" +
            "| variable | shape | checked | kinks | worst error | at | analytic | numeric | verdict |\n" +
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n" +
            "| x | [2×3] | all | 0 | 2.5e-10 | (1, 2) | 0.25 | 0.2500001 | good |\n");
        Failed.ToMarkdown().ShouldBe(
            "**g\\\\h**: FAILED, worst relative error ∞\n\n" +
            "| variable | shape | checked | kinks | worst error | at | analytic | numeric | verdict |\n" +
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n" +
            "| x | [2×3] | all | 0 | 2.5e-10 | (1, 2) | 0.25 | 0.2500001 | good |\n" +
            "| weight | [40×50] | 17 of 2000 + 4 directions | 2 | 1.3e-1 | (3, 4) | -1.5 | 12345.68 | WRONG |\n" +
            "| b\\* | [1×1] | 0 of 1 | 1 | ∞ | (0, 0) | ∞ | NaN | not checked |\n" +
            "\n- weight: off (fits the numbers to 2e-9)\n- b\\*: nothing\n" +
            "- random directions: an error above 3e-7 of a variable's gradient is missed with a probability below 1e-3\n");
    }

    [Test]
    public void ToJson_Report_HasEveryNumber() => Failed.ToJson().ReplaceLineEndings("\n").ShouldBe(
        """
        {
          "function": "g\\h",
          "passed": false,
          "verdict": "WRONG",
          "worstError": null,
          "variables": [
            {
              "name": "x",
              "rows": 2,
              "columns": 3,
              "checked": 6,
              "kinks": 0,
              "unresolved": 0,
              "directions": 0,
              "smallestSeen": 0,
              "worstError": 2.5E-10,
              "worstRow": 1,
              "worstColumn": 2,
              "analytic": 0.25,
              "numeric": 0.2500001,
              "verdict": "good"
            },
            {
              "name": "weight",
              "rows": 40,
              "columns": 50,
              "checked": 17,
              "kinks": 2,
              "unresolved": 1,
              "directions": 4,
              "smallestSeen": 3E-07,
              "worstError": 0.125,
              "worstRow": 3,
              "worstColumn": 4,
              "analytic": -1.5,
              "numeric": 12345.678,
              "verdict": "WRONG"
            },
            {
              "name": "b*",
              "rows": 1,
              "columns": 1,
              "checked": 0,
              "kinks": 1,
              "unresolved": 0,
              "directions": 0,
              "smallestSeen": 0,
              "worstError": null,
              "worstRow": 0,
              "worstColumn": 0,
              "analytic": null,
              "numeric": null,
              "verdict": "not checked"
            }
          ],
          "diagnoses": [
            {
              "variable": "weight",
              "mistake": "WrongFactor",
              "explanation": "off",
              "misfit": 2E-09,
              "factor": 0.5
            },
            {
              "variable": "b*",
              "mistake": "Missing",
              "explanation": "nothing",
              "misfit": null,
              "factor": null
            }
          ]
        }
        """.ReplaceLineEndings("\n"));

    [Test]
    public void Summary_WithARefusedFunction_IsOneTable()
    {
        var summary = new GradientCheckSummary([Passed, Failed], [("k", "no\nfile")]);

        summary.ToString().ShouldBe(
            "Gradient checks of 3 functions: 2 FAILED\n" +
            "  function  variables  worst error  at             verdict      diagnosis\n" +
            "  f         1          2.5e-10      x (1, 2)       good\n" +
            "  g\\h       3          1.3e-1       weight (3, 4)  WRONG        weight: off (fits the numbers to 2e-9); b*: nothing\n" +
            "  k                                                not checked  no file\n");
        summary.ToMarkdown().ShouldBe(
            "| function | variables | worst error | at | verdict | diagnosis |\n" +
            "| --- | --- | --- | --- | --- | --- |\n" +
            "| f | 1 | 2.5e-10 | x (1, 2) | good |  |\n" +
            "| g\\\\h | 3 | 1.3e-1 | weight (3, 4) | WRONG | weight: off (fits the numbers to 2e-9); b\\*: nothing |\n" +
            "| k |  |  |  | not checked | no file |\n");
    }

    // One that is refused has not passed, be the others as they may.
    [Test]
    public void Summary_Passed_IsThatOfAll()
    {
        new GradientCheckSummary([Passed], []).Passed.ShouldBeTrue();
        new GradientCheckSummary([Passed], [("k", "no file")]).Passed.ShouldBeFalse();
        new GradientCheckSummary([], [("k", "no file")]).Passed.ShouldBeFalse();
        new GradientCheckSummary([Passed, Failed], []).Passed.ShouldBeFalse();
        new GradientCheckSummary([Passed], []).ToString().ShouldStartWith("Gradient checks of 1 functions: all passed\n");
    }

    [Test]
    public void Summary_RefusedInJson_HasItsFunctionAndReason() => new GradientCheckSummary([], [("k", "no file")]).ToJson().ReplaceLineEndings("\n").ShouldBe(
        """
        {
          "passed": false,
          "functions": [],
          "refused": [
            {
              "function": "k",
              "reason": "no file"
            }
          ]
        }
        """.ReplaceLineEndings("\n"));

    [Test]
    public void All_NoFunction_IsRefusedByName() => GradientCheck.All([null!]).Refused.Single().Function.ShouldBe("null");

    [TestCase(1, "1 entry (")]
    [TestCase(2, "2 entries (")]
    public void NotResolved_Advice_CountsEntries(int entries, string words) => GradientDiagnosis.NotResolvedAdvice(entries).ShouldBe(
        $"the quotients do not resolve the gradient of {words}rounding hides it, or the slope has no bound), so a wrong one would look the same: choose a point where " +
        "the function moves more, take large constants out of it or rescale it, or check a part of it alone (or all of it in extended precision)");
}
