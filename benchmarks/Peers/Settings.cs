namespace NeuralNet.Benchmarks.Peers;

/// <summary>The settings in which peers are measured; the best one counts.</summary>
internal static class Settings
{
    // All that such variables of the user's could change about a peer is decided here.
    private static readonly string[] Prefixes = ["OPENBLAS_", "OMP_", "GOMP_", "KMP_", "MKL_", "MALLOC_", "ATEN_", "NEURALNET_"];

    /// <summary>Ours: as a user gets it.</summary>
    public static Setting Default { get; } = new("as it is", new Dictionary<string, string>());

    /// <summary>One thread and all of them, and the kernels that OpenBLAS detects and those for AVX-512 where the CPU has that.</summary>
    public static IReadOnlyList<Setting> Plain { get; } =
        [.. from kernels in Kernels() from threads in Threads() select Create(kernels, Count(threads), Variables(threads, threads))];

    /// <summary>
    /// Beyond <see cref="Plain"/>: freed memory stays with the process instead of being returned and faulted in again each step,
    /// and the threads of OpenMP and those of OpenBLAS do not take the processors from each other.
    /// </summary>
    public static IReadOnlyList<Setting> Tuned { get; } =
    [
        .. from kernels in Kernels()
           from tuning in Tunings()
           select Create(kernels, $"{tuning.Name}, kept heap", [.. tuning.Variables, .. KeptHeap]),
    ];

    /// <summary>Threads of a .NET process, which its kernels and the libraries it calls take from it.</summary>
    /// <remarks>With one processor the runtime would wait ten times as long before it optimises, longer than the warm-up.</remarks>
    public static Setting Runtime(int threads) => new(Count(threads), new Dictionary<string, string>
    {
        ["DOTNET_PROCESSOR_COUNT"] = $"{threads}",
        ["DOTNET_TC_DelaySingleProcMultiplier"] = "1",
    });

    /// <summary>OpenBLAS and MKL inside a .NET process.</summary>
    public static IEnumerable<Setting> Library(string provider, bool withKernels) =>
        from kernels in withKernels ? Kernels() : [""]
        from threads in Threads()
        select Create(kernels, Count(threads), [new("NEURALNET_PROVIDER", provider), .. Runtime(threads).Environment]);

    /// <summary>Takes out of a child's environment what would change a peer behind the program's back.</summary>
    public static void Clean(IDictionary<string, string?> environment)
    {
        foreach (string name in environment.Keys.Where(name => Prefixes.Any(name.StartsWith)).ToArray())
        {
            environment.Remove(name);
        }
    }

    /// <summary>One thread, and as many as there are processors.</summary>
    public static IEnumerable<int> Threads() => new[] { 1, Environment.ProcessorCount }.Distinct();

    /// <summary><c>1 thread</c>, <c>2 threads</c>.</summary>
    public static string Count(int threads) => threads == 1 ? "1 thread" : $"{threads} threads";

    private static KeyValuePair<string, string>[] KeptHeap =>
    [
        new("MALLOC_MMAP_THRESHOLD_", "4000000000"), new("MALLOC_TRIM_THRESHOLD_", "8000000000"), new("MALLOC_TOP_PAD_", "67108864"),
    ];

    private static IEnumerable<(string Name, KeyValuePair<string, string>[] Variables)> Tunings()
    {
        int all = Environment.ProcessorCount;
        yield return (Count(1), Variables(1, 1));
        if (all > 1)
        {
            yield return ($"{Count(all)} in OpenBLAS only", Variables(1, all));
            yield return ($"{Count(all)}, passive waits", [.. Variables(all, all), new("OMP_WAIT_POLICY", "PASSIVE")]);
        }
    }

    private static KeyValuePair<string, string>[] Variables(int openMP, int openBlas) =>
        [new("OMP_NUM_THREADS", $"{openMP}"), new("OPENBLAS_NUM_THREADS", $"{openBlas}")];

    private static Setting Create(string kernels, string name, IEnumerable<KeyValuePair<string, string>> variables) => kernels == ""
        ? new Setting(name, variables.ToDictionary())
        : new Setting($"{name}, {kernels}", variables.Append(new("OPENBLAS_CORETYPE", kernels)).ToDictionary());

    // As the CPU says, not as the runtime was told to see it: the peers stay at their best when our vectors are narrowed.
    private static IEnumerable<string> Kernels() =>
        File.Exists("/proc/cpuinfo") && File.ReadAllText("/proc/cpuinfo").Contains("avx512f") ? ["", "SKYLAKEX"] : [""];
}
