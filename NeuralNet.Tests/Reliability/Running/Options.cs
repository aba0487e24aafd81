using System.Globalization;

namespace NeuralNet.Tests.Reliability.Running;

/// <summary>What the command line asks for.</summary>
/// <param name="Parts">The parts, in order.</param>
/// <param name="Rounds">How many rounds of each, 1 or more.</param>
/// <param name="Seed">The seed of the first round.</param>
internal sealed record Options(IReadOnlyList<Part> Parts, int Rounds = 1, long Seed = 1)
{
    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">Something in it is unknown or incomplete.</exception>
    public static Options Parse(ReadOnlySpan<string> arguments)
    {
        var options = new Options([]);
        for (int i = 0; i < arguments.Length; i++)
        {
            string name = arguments[i];
            string? value = i + 1 < arguments.Length ? arguments[i + 1] : null;
            if (name is "--rounds" or "--seed")
            {
                if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
                    || (name is "--rounds" && number is < 1 or > int.MaxValue))
                {
                    throw new UsageException($"{name} needs a whole number{(name is "--rounds" ? " of 1 or more" : "")}, got '{value}'.");
                }

                options = name is "--rounds" ? options with { Rounds = (int)number } : options with { Seed = number };
                i++;
            }
            else
            {
                options = options with { Parts = [.. options.Parts, PartCatalogue.Find(name)] };
            }
        }

        return options.Parts.Count > 0 ? options : options with { Parts = PartCatalogue.All };
    }
}
