using System.CommandLine;

namespace NeuralNet.Examples.Ner;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(string? Data, int Epochs, int Seed)
{
    /// <summary>Parses the command line, calls the program with the options, and returns the exit code: 1 for a line that is not understood.</summary>
    public static int Run(string[] args, Func<Options, int> program)
    {
        var data = new Option<string?>("--data") { Description = "File of the CoNLL form: a token a line, its tag last. Without it, the program has sentences of its own." };
        var epochs = new Option<int>("--epochs") { Description = "Passes over the training sentences, 1 or more.", DefaultValueFactory = _ => 10 };
        epochs.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int number) && number < 1)
            {
                result.AddError($"--epochs must be 1 or more, got {number}.");
            }
        });
        var seed = new Option<int>("--seed")
        {
            Description = "Start of all random numbers, those that share out the sentences included.",
            DefaultValueFactory = _ => 0,
        };

        var command = new RootCommand("Finds the names of places, persons and organisations in sentences: window classification.") { data, epochs, seed };
        command.SetAction(line => program(new Options(line.GetValue(data), line.GetValue(epochs), line.GetValue(seed))));
        return command.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }
}
