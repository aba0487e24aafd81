using NeuralNet.Tests.Support;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Sweeps;

namespace NeuralNet.Tests.Training.Sweeps;

/// <summary>The result of a trial in its file.</summary>
internal sealed class TrialFileTests
{
    private static readonly Trial s_trial = new SearchSpace().Add("rate", 0.1).Add("hidden", 8).Grid()[0];

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase(null)]
    [TestCase("the loss is \"NaN\"")]
    public void Read_WhatWasWritten_ComesBackToTheLastBit(string? problem)
    {
        NamedValue[] figures = [new("loss", 0.1 + 0.2), new("gap", double.NegativeInfinity), new("other", double.NaN)];

        TrialFile.Write(_folder.Path, new TrialResult(s_trial, figures, problem));

        TrialResult result = TrialFile.Read(_folder.Path, s_trial).ShouldNotBeNull();
        result.Trial.ShouldBeSameAs(s_trial);
        result.Figures.ShouldBe(figures);
        result.Problem.ShouldBe(problem);
        Directory.GetFiles(_folder.Path).ShouldBe([_folder["trial-000000.json"]]);
    }

    [Test]
    public void Read_NoFile_IsNoResult() => TrialFile.Read(_folder.Path, s_trial).ShouldBeNull();

    [TestCase("", "")]
    [TestCase("{}", "")]
    [TestCase("[]", "")]
    [TestCase("{\"settings\":{\"rate\":\"0.1\",\"hidden\":\"8\"}}", "")]
    [TestCase("{\"settings\":{\"rate\":\"x\"}}", "The input string 'x' was not in a correct format. ")]
    [TestCase("{\"settings\":{\"rate\":null}}", "The input string '' was not in a correct format. ")]
    public void Read_DamagedResult_SaysWhatToDo(string content, string why)
    {
        File.WriteAllText(_folder["trial-000000.json"], content);

        string message = Should.Throw<InvalidDataException>(() => TrialFile.Read(_folder.Path, s_trial)).Message;

        message.ShouldStartWith($"'{_folder["trial-000000.json"]}' is no result of a trial: {why}");
        message.ShouldEndWith(" Delete it, and the trial runs again.");
    }

    [Test]
    public void Read_ResultOfOtherSettings_IsRefused()
    {
        TrialFile.Write(_folder.Path, new TrialResult(s_trial, [], null));

        Should.Throw<InvalidDataException>(() => TrialFile.Read(_folder.Path, new SearchSpace().Add("rate", 5).Grid()[0])).Message.ShouldBe(
            $"'{_folder["trial-000000.json"]}' is of a trial with the settings rate 0.1, hidden 8; here they are rate 5. Name another folder for another sweep.");
    }
}
