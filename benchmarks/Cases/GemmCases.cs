namespace NeuralNet.Benchmarks.Cases;

/// <summary>Matrix products: squares, and those of three layers in the three forms that a training step uses.</summary>
internal static class GemmCases
{
    private static readonly (int Batch, int Outputs, int Inputs)[] Layers =
    [
        (256, 256, 256), (512, 512, 512), (1024, 1024, 1024), (2048, 2048, 2048), (128, 256, 784), (64, 100, 1000), (512, 4096, 1024),
    ];

    public static IEnumerable<Case> All() =>
        from element in Enum.GetValues<Element>()
        from layer in Layers
        from form in Forms(layer.Batch, layer.Outputs, layer.Inputs)
        select Product(element, form.Transposes, form.M, form.N, form.K);

    /// <summary><c>C [m×n] = op(A) [m×k] · op(B) [k×n]</c>; the transposes are two letters, N or T, for A and B.</summary>
    public static Case Product(Element element, string transposes, int m, int n, int k)
    {
        double bytes = element.Bytes() * (((double)m * k) + ((double)k * n) + ((double)m * n));
        return new Case(
            $"{element.Name()} {transposes} {m}×{n}×{k}", "gemm", $"{element.Name()} {transposes} {m} {n} {k}", Unit.Gigaflops,
            new Load(element, 2.0 * m * n * k, bytes, bytes));
    }

    // Y = X·W, dX = dY·Wᵀ, dW = Xᵀ·dY.
    private static IEnumerable<(string Transposes, int M, int N, int K)> Forms(int batch, int outputs, int inputs) =>
        [("NN", batch, outputs, inputs), ("NT", batch, inputs, outputs), ("TN", inputs, outputs, batch)];
}
