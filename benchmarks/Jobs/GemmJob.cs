using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Providers;

namespace NeuralNet.Benchmarks.Jobs;

/// <summary>A matrix product: <c>float NT 128 784 256</c>, the transposes of A and B and m, n, k.</summary>
internal static class GemmJob
{
    public static Job Create<T>(string arguments) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string[] words = arguments.Split(' ');
        int m = int.Parse(words[2]), n = int.Parse(words[3]), k = int.Parse(words[4]);
        Transpose transposeA = words[1][0] == 'T' ? Transpose.Yes : Transpose.No;
        Transpose transposeB = words[1][1] == 'T' ? Transpose.Yes : Transpose.No;
        Matrix<T> a = transposeA == Transpose.Yes ? Matrix<T>.Build.Random(k, m, 1) : Matrix<T>.Build.Random(m, k, 1);
        Matrix<T> b = transposeB == Transpose.Yes ? Matrix<T>.Build.Random(n, k, 2) : Matrix<T>.Build.Random(k, n, 2);
        Matrix<T> c = Matrix<T>.Build.Dense(m, n);
        return new Job(() => MatrixProduct.Multiply(transposeA, a, transposeB, b, c));
    }
}
