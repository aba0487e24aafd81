using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using NeuralNet.Core.Providers;

namespace NeuralNet.Examples.Mnist;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(
    string? Data, int Layers, int Epochs, int Batch, int Seed, string Optimizer, float LearningRate, double Dropout, bool UsesTrainer, string? Report,
    string? Checkpoint, bool Resumes, string? Save, string? Provider)
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
        var optimizer = new Option<string>("--optimizer") { Description = "What moves the weights: SGD with momentum, whose rate falls in three stairs, or AdamW, whose rate rises over a tenth of the steps and falls to the end.", DefaultValueFactory = _ => Recipe.SGD };
        optimizer.AcceptOnlyFromAmong(Recipe.SGD, Recipe.AdamW);
        var rate = new Option<float?>("--learning-rate")
        {
            Description = $"Largest step size, such as 0.05; it changes over the epochs. Without it, {Recipe.SGD} takes {Text(Recipe.RateOfSGD)} and {Recipe.AdamW} {Text(Recipe.RateOfAdamW)}.",
            CustomParser = result => Number<float>(result, "a finite number, 0 or more", number => number >= 0, "0.05"),
        };
        var dropout = new Option<double>("--dropout")
        {
            Description = "Fraction of the hidden units that each training step leaves out, and half of it of the pixels.",
            DefaultValueFactory = _ => 0,
            CustomParser = result => Number<double>(result, "0 or more and below 1", number => number is >= 0 and < 1, "0.2"),
        };
        var trainer = new Option<bool>("--trainer") { Description = "Trains by the library's Trainer instead of the loop in the program: the same figures." };
        var report = new Option<string?>("--report") { Description = "File of HTML for a report of the training; goes with --trainer." };
        var checkpoint = new Option<string?>("--checkpoint") { Description = "Folder for checkpoints, one an epoch and one where Ctrl-C ends the program; brings --trainer." };
        var resume = new Option<bool>("--resume") { Description = "Goes on from the newest checkpoint of the folder, if there is one, with the figures of a training that was never interrupted." };
        var save = new Option<string?>("--save") { Description = "File of safetensors for the trained network." };
        var provider = new Option<string?>("--provider") { Description = "Who multiplies matrices: " + string.Join(", ", MatrixProviders.Names) + "." };

        var command = new RootCommand("Trains a two- or three-layer network on handwritten digits.")
        {
            data, layers, epochs, batch, seed, optimizer, rate, dropout, trainer, report, checkpoint, resume, save, provider,
        };
        command.SetAction(line => program(new Options(
            line.GetValue(data), line.GetValue(layers), line.GetValue(epochs), line.GetValue(batch), line.GetValue(seed), line.GetValue(optimizer)!,
            line.GetValue(rate) ?? (line.GetValue(optimizer) == Recipe.SGD ? Recipe.RateOfSGD : Recipe.RateOfAdamW),
            line.GetValue(dropout), line.GetValue(trainer) || line.GetValue(checkpoint) is not null, line.GetValue(report),
            line.GetValue(checkpoint), line.GetValue(resume), line.GetValue(save), line.GetValue(provider))));
        command.Validators.Add(line =>
        {
            if (line.GetResult(report) is not null && !line.GetValue(trainer) && line.GetValue(checkpoint) is null)
            {
                line.AddError("--report goes with --trainer, which keeps what a report shows.");
            }

            if (line.GetValue(resume) && line.GetValue(checkpoint) is null)
            {
                line.AddError("--resume goes with --checkpoint DIR, which says from where.");
            }
        });
        return command.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static string Text(float number) => number.ToString(CultureInfo.InvariantCulture);

    // A decimal point in any language, and no signs between thousands: 0,05 must not be read as 5.
    private static T Number<T>(ArgumentResult result, string range, Func<T, bool> isInRange, string example) where T : IFloatingPointIeee754<T>
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (T.TryParse(text, Styles, CultureInfo.InvariantCulture, out T? number) && T.IsFinite(number) && isInRange(number))
        {
            return number;
        }

        string option = result.Parent is OptionResult parent ? parent.Option.Name : "The number";
        result.AddError($"{option} must be {range}, with a decimal point, such as {example}; got '{text}'.");
        return T.Zero;
    }

    private static void Require(Option<int> option, string range, Func<int, bool> isInRange) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int number) && !isInRange(number))
        {
            result.AddError($"{option.Name} must be {range}, got {number}.");
        }
    });
}
