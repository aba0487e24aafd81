using System.Security.Cryptography;
using NeuralNet.Core.Files;

namespace NeuralNet.Tests.Training.Checkpoints;

/// <summary>Alters a checkpoint as somebody would who knows how it is made: its checksum fits.</summary>
internal static class AlteredCheckpoint
{
    /// <summary>Writes a checkpoint again with one text or tensor replaced, added, or left out where it is null.</summary>
    public static void Write(string path, (string Name, string? Text)? text, (string Name, double[]? Numbers)? tensor = null)
    {
        var writer = new SafeTensorsWriter();
        using (SafeTensorsFile file = SafeTensorsFile.Parse(File.ReadAllBytes(path), "saved"))
        {
            foreach ((string name, string value) in file.Metadata.Where(pair => pair.Key != text?.Name))
            {
                writer.AddMetadata(name, value);
            }

            // What is left out was there.
            (text is null or { Text: not null } || file.Metadata.ContainsKey(text.Value.Name)).ShouldBeTrue($"there: {string.Join(", ", file.Metadata.Keys)}");
            (tensor is null or { Numbers: not null } || file.Contains(tensor.Value.Name)).ShouldBeTrue($"there: {string.Join(", ", file.Tensors.Select(info => info.Name))}");
            if (text is { Text: { } another })
            {
                writer.AddMetadata(text.Value.Name, another);
            }

            foreach (TensorInfo info in file.Tensors.Where(info => info.Name != tensor?.Name))
            {
                byte[] bytes = new byte[info.ElementCount * (info.Type == TensorType.UInt8 ? 1 : sizeof(double))];
                file.ReadBytes(info.Name, bytes);
                writer.AddBytes(info.Name, info.Type, [.. info.Dimensions.Select(length => (int)length)], bytes);
            }
        }

        if (tensor is { Numbers: { } numbers })
        {
            writer.Add<double>(tensor.Value.Name, [numbers.Length], numbers);
        }

        using var stream = new MemoryStream();
        writer.Write(stream);
        byte[] all = stream.ToArray();
        SHA256.HashData(all.AsSpan(..^SHA256.HashSizeInBytes), all.AsSpan(^SHA256.HashSizeInBytes..));
        File.WriteAllBytes(path, all);
    }
}
