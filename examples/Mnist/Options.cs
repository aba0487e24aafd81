using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using NeuralNet.Core.Providers;

namespace NeuralNet.Examples.Mnist;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(string? Data, int Layers, int Epochs, int Batch, int Seed, float LearningRate, string? Provider)
{
    /// <summary>Parses the command line, calls the program with the options, and returns the exit code: 1 for a line that is not understood.</summary>
    public static int Run(string[] args, Func<Options, int> program)
    {
        var data = new Option<string?>("--data") { Description = "Folder with the four IDX files of MNIST. Without it, the program draws its own digits." };
        var layers = new Option<int>("--layers") { Description = "Linear layers: 2 or 3.", DefaultValueFactory = _ => 3 };
        Require(layers, "2 or 3", number => number is 2 or 3);
        var epochs = new Option<int>("--epochs") { Description = "Passes over the training set.", DefaultValueFactory = _ => 8 };
        Require(epochs, "1 or more", number => number >= 1);
        var batch = new Option<int>("--batch") { Description = "Samples in a mini-batch.", DefaultValueFactory = _ => 64 };
        Require(batch, "1 or more", number => number >= 1);
        var seed = new Option<int>("--seed") { Description = "Start of all random numbers: the same seed gives the same losses.", DefaultValueFactory = _ => 0 };
        var rate = new Option<float>("--learning-rate")
        {
            Description = "Step size of SGD at the start, such as 0.05; it decays over the epochs.",
            DefaultValueFactory = _ => 0.05f,
            CustomParser = Rate,
        };
        var provider = new Option<string?>("--provider") { Description = "Who multiplies matrices: " + string.Join(", ", MatrixProviders.Names) + "." };

        var command = new RootCommand("Trains a two- or three-layer network on handwritten digits.") { data, layers, epochs, batch, seed, rate, provider };
        command.SetAction(line => program(new Options(
            line.GetValue(data), line.GetValue(layers), line.GetValue(epochs), line.GetValue(batch), line.GetValue(seed),
            line.GetValue(rate), line.GetValue(provider))));
        return command.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    // A decimal point in any language, and no signs between thousands: 0,05 must not be read as 5.
    private static float Rate(ArgumentResult result)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (float.TryParse(text, Styles, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number) && number >= 0)
        {
            return number;
        }

        result.AddError($"--learning-rate must be a finite number, 0 or more, with a decimal point, such as 0.05; got '{text}'.");
        return 0;
    }

    private static void Require(Option<int> option, string range, Func<int, bool> isInRange) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int number) && !isInRange(number))
        {
            result.AddError($"{option.Name} must be {range}, got {number}.");
        }
    });
}
