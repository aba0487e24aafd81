using System.CommandLine;

namespace NeuralNet.Examples.Cnn;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(string? Data, int Epochs, int Seed, string? Picture)
{
    /// <summary>Parses the command line, calls the program with the options, and returns the exit code: 1 for a line that is not understood.</summary>
    public static int Run(string[] args, Func<Options, int> program)
    {
        var data = new Option<string?>("--data") { Description = "Folder with the four IDX files of MNIST. Without it, the program draws its own digits." };
        var epochs = new Option<int>("--epochs") { Description = "Passes over the training set, 1 or more.", DefaultValueFactory = _ => 5 };
        epochs.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int number) && number < 1)
            {
                result.AddError($"--epochs must be 1 or more, got {number}.");
            }
        });
        var seed = new Option<int>("--seed") { Description = "Start of all random numbers: the same seed gives the same losses.", DefaultValueFactory = _ => 0 };
        var picture = new Option<string?>("--picture") { Description = "File of SVG for a picture of the filters of the first layer and what they answer to." };
        var command = new RootCommand("Trains a convolutional network on handwritten digits, and shows what its first filters look for.") { data, epochs, seed, picture };
        command.SetAction(line => program(new Options(line.GetValue(data), line.GetValue(epochs), line.GetValue(seed), line.GetValue(picture))));
        return command.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }
}
