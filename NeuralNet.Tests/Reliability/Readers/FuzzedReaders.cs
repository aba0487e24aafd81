using System.IO.Compression;
using System.Text;
using NeuralNet.Core.Files;
using NeuralNet.Tests.Core.Files;
using NeuralNet.Tests.Training.Data;
using NeuralNet.Tests.Training.Data.Images;
using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Images;
using NeuralNet.Training.Data.Tables;
using NeuralNet.Training.Data.Text;

namespace NeuralNet.Tests.Reliability.Readers;

/// <summary>The readers of files, each with what damaged files are made of for it. A reader gets its line here.</summary>
internal static class FuzzedReaders
{
    // Deflate makes at most 1032 bytes of one, and doubling pieces take twice as much, or three times while one is copied into the next.
    private const long PackedBytesForOne = 3 * 1032;

    private const string Tensors =
        """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b.c":{"dtype":"I64","shape":[],"data_offsets":[24,32]},"d":{"dtype":"BF16","shape":[0,5],"data_offsets":[32,32]}}""";

    private static readonly byte[] s_fewTensors = SafeTensorsBytes.Of("""{"w":{"dtype":"F64","shape":[1,2],"data_offsets":[0,16]}}""", new byte[16]);
    private static readonly byte[] s_rows = NpyBytes.Of("<f4", false, "(2, 3)", new byte[24]);
    private static readonly byte[] s_columns = NpyBytes.Of(">i2", true, "(2, 1, 3)", [.. Enumerable.Range(0, 12).Select(i => (byte)i)]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzedReader> All { get; } =
    [
        new("safetensors", [SafeTensorsBytes.Of(Tensors, new byte[32]), s_fewTensors], ReadSafeTensors) { FromMemory = true },
        new("header of safetensors", [Encoding.UTF8.GetBytes(Tensors)], ReadSafeTensors) { FromMemory = true, Wrap = header => SafeTensorsBytes.Of(header, new byte[32]) },
        new("npy", [s_rows, s_columns, NpyBytes.Of(2, "{'descr': '|b1', 'fortran_order': False, 'shape': (), }", 1)], ReadNpy) { FromMemory = true },
        new("header of npy", [.. new[] { "(24,)", "(4, 3, 2)", "(0, 5)", "()" }.Select(HeaderOfNpy)], ReadNpy)
        {
            FromMemory = true,
            Wrap = header => NpyBytes.Of(1, Encoding.Latin1.GetString(header), new byte[24]),
        },
        new("npz", [Zip(CompressionLevel.Optimal, s_rows, s_columns), Zip(CompressionLevel.NoCompression, s_columns)], ReadNpz) { FromMemory = true, BytesForOne = PackedBytesForOne },
        new("array of npz", [s_rows, s_columns], ReadNpz) { FromMemory = true, BytesForOne = PackedBytesForOne, Wrap = array => Zip(CompressionLevel.Fastest, array) },
        new("network", [SavedModels.Network], SavedModels.ReadNetwork) { FromMemory = true },
        new("description of a network", [SavedModels.Description], SavedModels.ReadNetwork) { FromMemory = true, Wrap = SavedModels.WithDescription },
        new("checkpoint", [SavedModels.Checkpoint], SavedModels.ReadCheckpoint),
        new("header of a checkpoint", [SavedModels.CheckpointHeader], SavedModels.ReadCheckpoint) { Wrap = SavedModels.WithCheckpointHeader },
        new("onnx", SavedModels.Onnx, SavedModels.ReadOnnx) { FromMemory = true, BytesForOne = 4096 },
        new("images of idx", [IdxFolder.Idx(IdxFolder.ImagesMagic, [2, 2, 3], new byte[12])], (path, _) => IdxFile.ReadImages(path)),
        new("labels of idx", [IdxFolder.Idx(IdxFolder.LabelsMagic, [5], new byte[5])], (path, _) => IdxFile.ReadLabels(path)),
        new("packed idx", [IdxFolder.Gzip(IdxFolder.Idx(IdxFolder.LabelsMagic, [50], new byte[50]))], (path, _) => IdxFile.ReadLabels(path)) { BytesForOne = PackedBytesForOne },
        new("csv", ["length,color,n\n5.1,\"red, or so\",1\n4.9,blue,2\r\n-1e3,\"a \"\"b\"\"\",3\n"u8.ToArray(), "a\tb\n1\t2\n"u8.ToArray()], (path, _) => CsvTable.Read(path))
        {
            BytesForOne = 4096,
        },
        new("conll", ["-DOCSTART- O\n\nEU B-ORG\nrejects O\nGerman B-MISC\n\nPeter B-PER\n"u8.ToArray(), "a\tb c\nd e f\r\n"u8.ToArray()], (path, _) => ConllFile.Read(path)),
        new("pgm", ["P2 # grey\n4 2\n255\n0 1 2 3\n250 251 252 255\n"u8.ToArray(), "P5 2 1 255\nab"u8.ToArray()], (path, _) => NetpbmImage.Read(path)),
        new("ppm", [[.. "P6 2 2 255\n"u8, .. Enumerable.Range(0, 12).Select(i => (byte)(20 * i))], "P3 1 1 9 1 2 3"u8.ToArray()], (path, _) => NetpbmImage.Read(path)),
        new("png", [PngImage.ToBytes(6, 5, [.. Enumerable.Range(0, 90).Select(i => (byte)(i * i))])], (path, _) => RasterImage.Read(path)) { BytesForOne = PackedBytesForOne },
        new("header of png", [[0, 0, 0, 2, 0, 0, 0, 2, 8, 0, 0, 0, 0]], (path, _) => RasterImage.Read(path))
        {
            BytesForOne = PackedBytesForOne,
            Wrap = header => PngParts.File(PngParts.Chunk("IHDR", header), PngParts.Rows(0, 1, 2, 0, 3, 4), PngParts.End()),
        },
        new("rows of png", [PngParts.Packed([0, 1, 2, 4, 3, 4])], (path, _) => RasterImage.Read(path))
        {
            BytesForOne = PackedBytesForOne,
            Wrap = rows => PngParts.File(PngParts.Header(2, 2), PngParts.Chunk("IDAT", rows), PngParts.End()),
        },
    ];

    private static byte[] HeaderOfNpy(string shape) =>
        Encoding.Latin1.GetBytes($"{{'descr': '{(shape == "()" ? "<f8" : "|u1")}', 'fortran_order': False, 'shape': {shape}, }}\n");

    private static void ReadSafeTensors(string path, byte[] content)
    {
        using SafeTensorsFile file = SafeTensorsFile.Parse(content, path);
        foreach (TensorInfo tensor in file.Tensors)
        {
            file.ReadBytes(tensor.Name, new byte[tensor.ByteLength]);
            if (tensor.Dimensions.Count <= 2 && tensor.ElementCount > 0)
            {
                _ = file.ReadMatrix<float>(tensor.Name);
            }

            file.Read(tensor.Name, new double[tensor.ElementCount]);
            if (IsWhole(tensor.Type))
            {
                file.ReadInt64(tensor.Name, new long[tensor.ElementCount]);
            }
        }
    }

    private static void ReadNpy(string path, byte[] content)
    {
        using NpyArray array = NpyFile.Parse(content, path);
        Read(array);
    }

    private static void ReadNpz(string path, byte[] content)
    {
        using NpzFile file = NpzFile.Parse(content, path);
        foreach (string name in file.Names)
        {
            using NpyArray array = file.Read(name);
            Read(array);
        }
    }

    private static void Read(NpyArray array)
    {
        if (array.Dimensions.Count <= 2 && array.ElementCount > 0)
        {
            _ = array.ReadMatrix<float>();
        }

        array.Read(new double[array.ElementCount]);
        if (IsWhole(array.Type))
        {
            array.ReadInt64(new long[array.ElementCount]);
        }
    }

    private static bool IsWhole(TensorType type) => type is not (TensorType.Float16 or TensorType.BFloat16 or TensorType.Float32 or TensorType.Float64);

    private static byte[] Zip(CompressionLevel level, params byte[][] arrays)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (int i = 0; i < arrays.Length; i++)
            {
                ZipArchiveEntry entry = archive.CreateEntry($"{i}.npy", level);
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using Stream content = entry.Open();
                content.Write(arrays[i]);
            }
        }

        return bytes.ToArray();
    }
}
