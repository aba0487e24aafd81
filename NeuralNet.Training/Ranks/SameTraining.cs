using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using NeuralNet.Core;
using NeuralNet.Core.Ranks;
using NeuralNet.Training.Data;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Training.Ranks;

/// <summary>Whether all ranks are about to train the same.</summary>
internal static class SameTraining
{
    /// <summary>Compares what the ranks are about to do with what rank 0 is.</summary>
    /// <exception cref="InvalidOperationException">A rank is about to do something else: thrown on all of them.</exception>
    public static void Check<T>(ICommunicator ranks, Gate<T> network, Optimizer<T> optimizer) where T : unmanaged, IFloatingPointIeee754<T> =>
        Compare(ranks, [.. Facts(network, optimizer)]);

    /// <summary>Compares the batches of the ranks with those of rank 0.</summary>
    /// <exception cref="InvalidOperationException">A rank has others: thrown on all of them.</exception>
    public static void Check<T>(ICommunicator ranks, BatchLoader<T> batches) where T : unmanaged, IFloatingPointIeee754<T> => Compare(ranks, [.. Facts(batches)]);

    private static void Compare(ICommunicator ranks, (string Name, string Value)[] own)
    {
        string[][] all = [.. ranks.Gather<char>(string.Join('\n', own.Select(fact => fact.Value))).Select(text => new string(text).Split('\n'))];
        for (int rank = 1; rank < all.Length; rank++)
        {
            for (int i = 0; i < own.Length; i++)
            {
                if (all[rank].Length != own.Length || all[rank][i] != all[0][i])
                {
                    throw new InvalidOperationException(
                        $"Rank {rank} has another {own[i].Name} than rank 0: {all[rank].ElementAtOrDefault(i)}, and there {all[0].ElementAtOrDefault(i)}. All ranks of a job train the same network on the same data: start the same program with the same arguments.");
                }
            }
        }
    }

    private static IEnumerable<(string Name, string Value)> Facts<T>(Gate<T> network, Optimizer<T> optimizer) where T : unmanaged, IFloatingPointIeee754<T>
    {
        yield return ("version", string.Create(CultureInfo.InvariantCulture, $"NeuralNet {typeof(SameTraining).Module.ModuleVersionId:N}, .NET {Environment.Version}"));
        yield return ("precision", typeof(T).Name);
        yield return ("network", OneLine(network.ToString()));
        yield return ("list of parameters", OneLine(string.Join(", ", network.Parameters.Select(named => $"{named.Name} {named.Parameter.Value.Shape()}"))));
        yield return ("optimizer", OneLine(string.Join(", ", optimizer.Groups.Select(group => group.ToString()).Prepend(optimizer.ToString()))));
        yield return ("number of steps taken", optimizer.Steps.ToString(CultureInfo.InvariantCulture));
        yield return ("seed of a generator", string.Join(", ", network.Generators.Select(named => $"{named.Name} {named.Generator.State}")));
    }

    private static IEnumerable<(string Name, string Value)> Facts<T>(BatchLoader<T> batches) where T : unmanaged, IFloatingPointIeee754<T>
    {
        yield return ("seed of the order", batches.Seed?.ToString(CultureInfo.InvariantCulture) ?? "none");
        yield return ("batch size", string.Create(CultureInfo.InvariantCulture, $"{batches.BatchSize}{(batches.DropLast ? ", whole batches only" : "")}"));
        yield return ("number of samples", batches.Data.Count.ToString(CultureInfo.InvariantCulture));
        yield return ("data set, by its SHA-256", HashOf(batches.Data));
    }

    private static string OneLine(string? text) => (text ?? "").ReplaceLineEndings(" ");

    private static string HashOf<T>(DataSet<T> data) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(data.Samples));
        hash.AppendData(MemoryMarshal.AsBytes(data.Labels));
        if (data.Outputs > 0)
        {
            hash.AppendData(MemoryMarshal.AsBytes(data.Targets));
        }

        if (data.WeightsPerSample > 0)
        {
            hash.AppendData(MemoryMarshal.AsBytes(data.Weights));
        }

        hash.AppendData(Encoding.ASCII.GetBytes($"{data.Features} {data.Outputs}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
