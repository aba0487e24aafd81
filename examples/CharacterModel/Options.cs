using System.CommandLine;

namespace NeuralNet.Examples.CharacterModel;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(string Model, string? Data, int Steps, int Seed, double Temperature, int Length, string? Prompt)
{
    /// <summary>Parses the command line, calls the program with the options, and returns the exit code: 1 for a line that is not understood.</summary>
    public static int Run(string[] args, Func<Options, int> program)
    {
        var model = new Option<string>("--model") { Description = "What reads the text: rnn, lstm or gpt.", DefaultValueFactory = _ => "gpt" };
        model.AcceptOnlyFromAmong("rnn", "lstm", "gpt");
        var data = new Option<string?>("--data") { Description = "File of text in UTF-8. Without it, the program reads the pages of the project's documentation." };
        var steps = Positive("--steps", 1200, "Steps of training, 1 or more.");
        var seed = new Option<int>("--seed") { Description = "Start of all random numbers: the same seed gives the same losses and the same sample.", DefaultValueFactory = _ => 0 };
        var temperature = new Option<double>("--temperature")
        {
            Description = "What logits are divided by before a character is drawn: below 1 the likely ones come more often, at 0 the likeliest alone.",
            DefaultValueFactory = _ => 0.8,
        };
        temperature.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and < double.PositiveInfinity))
            {
                result.AddError($"--temperature must be 0 or more, got {result.Tokens[0].Value}.");
            }
        });
        var length = Positive("--length", 400, "Characters of the sample, 1 or more.");
        var prompt = new Option<string?>("--prompt") { Description = "What the sample begins with. Without it, with a new line." };
        var command = new RootCommand("Trains a model of text, character by character, and lets it write.") { model, data, steps, seed, temperature, length, prompt };
        command.SetAction(line => program(new Options(
            line.GetValue(model)!, line.GetValue(data), line.GetValue(steps), line.GetValue(seed), line.GetValue(temperature), line.GetValue(length), line.GetValue(prompt))));
        return command.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static Option<int> Positive(string name, int value, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int number) && number < 1)
            {
                result.AddError($"{name} must be 1 or more, got {number}.");
            }
        });
        return option;
    }
}
