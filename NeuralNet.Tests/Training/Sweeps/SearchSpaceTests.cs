using NeuralNet.Training.Fitting;
using NeuralNet.Training.Sweeps;

namespace NeuralNet.Tests.Training.Sweeps;

/// <summary>The trials of a search space: all of a grid, and random ones that are what they say.</summary>
internal sealed class SearchSpaceTests
{
    [Test]
    public void Grid_TwoSettings_HasEveryPairTheLastFastest()
    {
        IReadOnlyList<Trial> trials = new SearchSpace().Add("hidden", 16, 32).Add("rate", 0.1, 0.2, 0.4).Grid();

        trials.Select(trial => trial.Number).ShouldBe([0, 1, 2, 3, 4, 5]);
        trials.Select(trial => (trial["hidden"], trial["rate"])).ShouldBe([(16, 0.1), (16, 0.2), (16, 0.4), (32, 0.1), (32, 0.2), (32, 0.4)]);
        trials[4].ToString().ShouldBe("hidden 32, rate 0.2");
        Should.Throw<ArgumentException>(() => trials[0]["depth"]).Message.ShouldStartWith("There is no setting 'depth'; there are: hidden, rate.");
    }

    [Test]
    public void Random_ManyTrials_FillTheirRangesEvenly()
    {
        IReadOnlyList<Trial> trials = new SearchSpace().AddRange("width", -2, 6).AddRange("rate", 1e-4, 1e-1, isLogarithmic: true).Add("hidden", 1, 2, 4).Random(4000, seed: 1);

        double[] widths = [.. trials.Select(trial => trial["width"]).Order()], rates = [.. trials.Select(trial => Math.Log10(trial["rate"])).Order()];
        for (int i = 0; i < 10; i++)
        {
            // A tenth of the numbers, to four standard deviations, in each tenth of the range.
            widths.Count(width => width >= -2 + (0.8 * i) && width < -2 + (0.8 * (i + 1))).ShouldBeInRange(400 - 76, 400 + 76);
            rates.Count(rate => rate >= -4 + (0.3 * i) && rate < -4 + (0.3 * (i + 1))).ShouldBeInRange(400 - 76, 400 + 76);
        }

        foreach (double hidden in (double[])[1, 2, 4])
        {
            trials.Count(trial => trial["hidden"] == hidden).ShouldBeInRange(1333 - 120, 1333 + 120);
        }
    }

    [Test]
    public void Random_MoreTrials_BeginWithTheSame()
    {
        SearchSpace space = new SearchSpace().AddRange("rate", 0, 1);

        space.Random(3, seed: 1).Select(trial => trial["rate"]).ShouldBe(space.Random(5, seed: 1).Take(3).Select(trial => trial["rate"]));
        space.Random(3, seed: 2)[0]["rate"].ShouldNotBe(space.Random(3, seed: 1)[0]["rate"]);
    }

    [Test]
    public void Add_WhatCannotBeSearched_IsRefused()
    {
        SearchSpace space = new SearchSpace().Add("rate", 1);

        Should.Throw<ArgumentException>(() => space.Add("rate", 2)).Message.ShouldStartWith("There is a setting 'rate' already.");
        Should.Throw<ArgumentException>(() => space.AddRange("rate", 1, 2)).Message.ShouldStartWith("There is a setting 'rate' already.");
        Should.Throw<ArgumentException>(() => space.Add(" ", 2)).ParamName.ShouldBe("name");
        Should.Throw<ArgumentException>(() => space.Add("none")).Message.ShouldStartWith("The setting 'none' has no values.");
        Should.Throw<ArgumentOutOfRangeException>(() => space.AddRange("x", 1, 1)).Message.ShouldStartWith("The range of 'x' goes from a finite number to a larger one, got 1 to 1.");
        Should.Throw<ArgumentOutOfRangeException>(() => space.AddRange("x", double.NaN, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => space.AddRange("x", 0, double.PositiveInfinity));
        Should.Throw<ArgumentOutOfRangeException>(() => space.AddRange("x", 0, 1, isLogarithmic: true)).Message.ShouldStartWith("The range of 'x' goes from a finite number above 0 to a larger");
        Should.Throw<ArgumentOutOfRangeException>(() => space.Random(0, seed: 1)).ParamName.ShouldBe("count");
        Should.Throw<InvalidOperationException>(() => new SearchSpace().Random(1, seed: 1)).Message.ShouldBe("There is no setting to search.");
        Should.Throw<InvalidOperationException>(() => new SearchSpace().Grid()).Message.ShouldBe("There is no setting to search.");
        Should.Throw<InvalidOperationException>(() => space.AddRange("width", 0, 1).Grid()).Message.ShouldStartWith("A grid needs values, but 'width' is a range");
    }

    [Test]
    public void TrialResult_FigureThatIsNotThere_IsNaN()
    {
        var result = new TrialResult(new Trial(0, []), [new NamedValue("loss", 2), new NamedValue("accuracy", 0.5)], null);

        (result["accuracy"], result["loss"], result["F1"]).ShouldBe((0.5, 2, double.NaN));
    }
}
