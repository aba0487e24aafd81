namespace NeuralNet.Benchmarks.Cases;

/// <summary>What attention is measured by.</summary>
internal static class TextModelCases
{
    /// <summary>Training, one sequence forward, and a text made token by token.</summary>
    public static IEnumerable<Case> All()
    {
        var model = new TextModel(Element.Float, 65, 128, 4, 4, 64, 12);
        TextModel one = model with { Batch = 1 };
        yield return new Case($"{model.Name}, AdamW step", "text-step", model.Arguments, Unit.Microseconds, model.StepLoad());
        yield return new Case($"{one.Name}, forward", "text-forward", one.Arguments, Unit.Microseconds, one.ForwardLoad());
        yield return new Case($"{one.Name}, made token by token", "text-made", one.Arguments, Unit.Microseconds, one.TextLoad());
    }
}
