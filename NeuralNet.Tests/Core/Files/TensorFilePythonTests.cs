using NeuralNet.Core;
using NeuralNet.Core.Files;
using NeuralNet.Tests.Support;
using NeuralNet.Tests.Training.Data;

namespace NeuralNet.Tests.Core.Files;

/// <summary>Files that NumPy and a reading of the safetensors format in Python write, and the other way round: see Reference/tensor_files.py.</summary>
internal sealed class TensorFilePythonTests
{
    private static readonly int[][] Shapes = [[], [0], [5], [2, 3], [3, 0], [70, 33], [2, 3, 2], [1, 2, 1, 3, 2]];

    private static readonly string[] Kinds = ["b1", "u1", "i1", "i2", "u2", "f2", "i4", "u4", "f4", "f8", "i8", "u8"];

    [Test]
    public void Read_WhatNumPyWrites_GivesItsNumbers()
    {
        using var folder = new IdxFolder();
        Python("write", folder.Path);
        int files = 0;
        foreach (string path in Directory.EnumerateFiles(folder.Path, "*.npy"))
        {
            string[] words = Path.GetFileNameWithoutExtension(path).Split(' ');
            using NpyArray array = NpyFile.Open(path);
            array.IsBigEndian.ShouldBe(words[3] == "big" && words[0][1] != '1', path);
            Check(array, words[0], words[1], path);
            files++;
        }

        // 12 kinds, 8 shapes, 2 orders of indices, 2 of bytes, 3 versions.
        files.ShouldBe(Kinds.Length * Shapes.Length * 2 * 2 * 3);
        foreach (string name in new[] { "stored.npz", "packed.npz" })
        {
            using NpzFile file = NpzFile.Open(Path.Combine(folder.Path, name));
            file.Names.Count.ShouldBe(Kinds.Length * Shapes.Length);
            foreach (string array in file.Names)
            {
                using NpyArray read = file.Read(array);
                Check(read, array.Split(' ')[0], array.Split(' ')[1], $"{name} {array}");
            }
        }

        using SafeTensorsFile safe = SafeTensorsFile.Open(Path.Combine(folder.Path, "all.safetensors"));
        safe.Metadata.ShouldBe(new Dictionary<string, string> { ["made by"] = "NumPy ä" });
        safe.Tensors.Count.ShouldBe((Kinds.Length + 1) * Shapes.Length);
        foreach (TensorInfo tensor in safe.Tensors)
        {
            string kind = tensor.Name[..2], shape = tensor.Name.Split(' ')[^1];
            (tensor.Type == TensorType.BFloat16).ShouldBe(tensor.Name.Contains("bf16"));
            tensor.Dimensions.Select(size => (int)size).ShouldBe(Of(shape));
            double[] numbers = new double[tensor.ElementCount];
            safe.Read(tensor.Name, numbers);
            numbers.ShouldBe(Values(kind, numbers.Length), tensor.Name);
        }
    }

    [Test]
    public void Write_EveryKind_IsReadByNumPy()
    {
        using var folder = new IdxFolder();
        var archive = new NpzWriter();
        var safe = new SafeTensorsWriter();
        safe.AddMetadata("made by", "NeuralNet ä");
        int count = 0;
        foreach (int[] shape in Shapes)
        {
            int length = shape.Aggregate(1, (product, size) => product * size);
            string name = shape.Length == 0 ? "number" : string.Join('x', shape);
            Write("b1", value => value != 0);
            Write("u1", value => (byte)value);
            Write("i1", value => (sbyte)value);
            Write("i2", value => (short)value);
            Write("u2", value => (ushort)value);
            Write("f2", value => (Half)value);
            Write("i4", value => (int)value);
            Write("u4", value => (uint)value);
            Write("f4", value => (float)value);
            Write("f8", value => value);
            Write("i8", value => (long)value);
            Write("u8", value => (ulong)value);
            if (shape.Length == 2)
            {
                // The matrix of these rows lies column after column.
                Matrix<double> matrix = Matrices.FromRows<double>(shape[0], shape[1], Values("f8", length));
                NpyFile.Write(Path.Combine(folder.Path, $"f8 {name} F.npy"), matrix);
                archive.Add($"f8 {name}", matrix);
                safe.Add($"f8 {name}", matrix);
                count += 3;
            }

            void Write<T>(string kind, Func<double, T> convert) where T : unmanaged
            {
                T[] values = [.. Values(kind, length).Select(convert)];
                NpyFile.Write<T>(Path.Combine(folder.Path, $"{kind} {name} C.npy"), values, shape);
                count++;
                if (kind != "f8" || shape.Length != 2)
                {
                    archive.Add<T>($"{kind} {name}", shape, values);
                    safe.Add<T>($"{kind} {name}", shape, values);
                    count += 2;
                }
            }
        }

        archive.Write(Path.Combine(folder.Path, "stored.npz"));
        archive.Write(Path.Combine(folder.Path, "packed.npz"), System.IO.Compression.CompressionLevel.Optimal);
        safe.Write(Path.Combine(folder.Path, "all.safetensors"));
        Python("read", folder.Path).Trim().ShouldBe($"{count + (Kinds.Length * Shapes.Length)}");
    }

    private static void Check(NpyArray array, string kind, string shape, string where)
    {
        int[] dimensions = Of(shape);
        array.Dimensions.Select(size => (int)size).ShouldBe(dimensions, where);
        double[] numbers = new double[array.ElementCount], expected = Values(kind, numbers.Length);
        array.Read(numbers);
        numbers.ShouldBe(expected, where);
        float[] floats = new float[numbers.Length];
        array.Read(floats);
        floats.Select(number => (double)number).ShouldBe(expected, where);
        if (dimensions.Length == 2)
        {
            array.ReadMatrix<float>().ShouldBe(Matrices.FromRows<float>(dimensions[0], dimensions[1], floats), where);
        }

        if (kind[0] != 'f')
        {
            long[] whole = new long[numbers.Length];
            array.ReadInt64(whole);
            whole.Select(number => (double)number).ShouldBe(expected, where);
        }
    }

    private static int[] Of(string shape) => shape == "number" ? [] : [.. shape.Split('x').Select(int.Parse)];

    // The formulas of the script.
    private static double[] Values(string kind, int count) => [.. Enumerable.Range(0, count).Select(i => kind[0] switch
    {
        'b' => i % 3 == 0 ? 1.0 : 0,
        'u' => ((7 * i) + 3) % 101,
        'i' => (((7 * i) + 3) % 101) - 50,
        _ => ((((7 * i) + 3) % 101) - 50) / 8.0,
    })];

    private static string Python(string verb, string folder) => PythonProgram.Run("tensor_files.py", $"{verb} \"{folder}\"", "numpy", "torch");
}
