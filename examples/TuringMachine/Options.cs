using System.CommandLine;

namespace NeuralNet.Examples.TuringMachine;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(int Steps, int Seed, string? Picture)
{
    /// <summary>Parses the command line, calls the program with the options, and returns the exit code: 1 for a line that is not understood.</summary>
    public static int Run(string[] args, Func<Options, int> program)
    {
        var steps = new Option<int>("--steps") { Description = "Steps of the training, 1 or more, each of 16 sequences.", DefaultValueFactory = _ => 1000 };
        steps.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int number) && number < 1)
            {
                result.AddError($"--steps must be 1 or more, got {number}.");
            }
        });
        var seed = new Option<int>("--seed") { Description = "Start of all random numbers: the same seed gives the same losses.", DefaultValueFactory = _ => 0 };
        var picture = new Option<string?>("--picture") { Description = "File of SVG for a picture of where the heads stand in the memory as a sequence is copied." };
        var command = new RootCommand("Trains a neural Turing machine to copy sequences, and shows where it writes and reads.") { steps, seed, picture };
        command.SetAction(line => program(new Options(line.GetValue(steps), line.GetValue(seed), line.GetValue(picture))));
        return command.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }
}
