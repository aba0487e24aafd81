namespace NeuralNet.Benchmarks.Peers;

/// <summary>Ourselves and all peers.</summary>
internal static class PeerCatalog
{
    private static readonly string[] AllKinds = ["gemm", "step", "adam", "lecture", "infer", "epoch", "save", "load", "conv-step", "conv-layer", "sequence-step", "sequence-infer", "text-step", "text-forward", "text-made"];
    private static readonly string[] Convolutions = ["conv-step", "conv-layer"];
    private static readonly string[] Sequences = ["sequence-step", "sequence-infer", "text-step", "text-forward", "text-made"];

    /// <summary>Ours, as a user gets it.</summary>
    public static Peer Ours { get; } = new("NeuralNet", AllKinds, [Settings.Default], OwnProgram) { IsOurs = true };

    /// <summary>Ours at each number of threads.</summary>
    public static Peer OursByThreads { get; } = Ours with { Settings = [.. Settings.Threads().Select(Settings.Runtime)] };

    /// <summary>The others.</summary>
    public static IReadOnlyList<Peer> Others { get; } =
    [
        new("OpenBLAS", ["gemm"], [.. Settings.Library("openblas", withKernels: true)], OwnProgram),
        new("MKL", ["gemm"], [.. Settings.Library("mkl", withKernels: false)], OwnProgram),
        new("libtorch", ["step", "adam", "infer", .. Convolutions, .. Sequences], Settings.Plain, LibtorchProgram.Build),
        new("libtorch tuned", ["step", "adam", "infer", .. Convolutions, .. Sequences], Settings.Tuned, LibtorchProgram.Build),
        new("libtorch, channels last", Convolutions, Settings.Tuned, LibtorchProgram.Build) { KindSuffix = "-channels-last" },
        new("libtorch by hand", ["step"], Settings.Tuned, LibtorchProgram.Build) { KindSuffix = "-by-hand" },
        new("PyTorch", ["step", "adam", "infer", "epoch", .. Convolutions, .. Sequences], Settings.Plain, () => Python("torch_peer.py")),
        new("PyTorch tuned", ["epoch"], Settings.Tuned, () => Python("torch_peer.py")),
        new("file copy", ["save", "load"], Settings.Plain, OwnProgram) { KindSuffix = "-by-copy" },
        new("NumPy", ["lecture", "save", "load"], Settings.Plain, () => Python("numpy_peer.py")),
        new("NumPy tuned", ["lecture"], Settings.Tuned, () => Python("numpy_peer.py")),
    ];

    // The program serves as a contestant itself, so that ours is measured as the others are, and OpenBLAS and MKL can be loaded
    // once for each setting.
    private static string[][] OwnProgram()
    {
        string self = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(self) == "dotnet" ? [[self, typeof(PeerCatalog).Assembly.Location, "serve"]] : [[self, "serve"]];
    }

    // A system's own Python has the distribution's packages; another one may come first on the PATH.
    private static string[][] Python(string script)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Peers", "Programs", script);
        return [["python3", path], ["/usr/bin/python3", path]];
    }
}
