using System.Runtime.InteropServices;
using NeuralNet.Core.Kernels.RowsAndColumns;

namespace NeuralNet.Core.Providers;

/// <summary>Products by the CBLAS interface (32-bit integers) of a library of the system: MKL or OpenBLAS.</summary>
/// <remarks>The library is loaded by name at run time and stays loaded; nothing of it is shipped or linked.</remarks>
internal sealed unsafe class CblasProvider : MatrixProvider
{
    private const int ColumnMajor = 102;
    private const int NoTranspose = 111;
    private const int Transposed = 112;

    private static readonly string[] s_openMpOfIntel = ["libiomp5.so", "libiomp5md.dll", "libiomp5.dylib"];

    private readonly delegate* unmanaged[Cdecl]<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> _sgemm;
    private readonly delegate* unmanaged[Cdecl]<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int, void> _dgemm;

    private CblasProvider(string name, string description, SystemLibrary library)
    {
        Name = name;
        Description = description;
        _sgemm = (delegate* unmanaged[Cdecl]<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)library["cblas_sgemm"];
        _dgemm = (delegate* unmanaged[Cdecl]<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int, void>)library["cblas_dgemm"];
    }

    /// <summary>The names MKL's single library has on Linux, Windows and macOS, newest first.</summary>
    public static IReadOnlyList<string> MklLibraries { get; } =
    [
        "libmkl_rt.so.2", "libmkl_rt.so.1", "libmkl_rt.so", "mkl_rt.2.dll", "mkl_rt.1.dll", "mkl_rt.dll", "libmkl_rt.2.dylib", "libmkl_rt.dylib",
    ];

    /// <summary>The names OpenBLAS has on Linux, Windows and macOS.</summary>
    public static IReadOnlyList<string> OpenBlasLibraries { get; } =
    [
        "libopenblas.so.0", "libopenblas.so", "libopenblas.dll", "openblas.dll", "libopenblas.dylib", "libopenblas.0.dylib",
    ];

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Description { get; }

    /// <summary>Looks for MKL without calling anything of it.</summary>
    public static SystemLibrary FindMkl() => SystemLibrary.Find(
        MklLibraries, ["cblas_sgemm", "cblas_dgemm", "MKL_Set_Interface_Layer", "MKL_Set_Threading_Layer", "MKL_Set_Num_Threads", "MKL_CBWR_Set"], file => PartsOfMkl(file, FindThreading()));

    /// <summary>Looks for OpenBLAS without calling anything of it.</summary>
    public static SystemLibrary FindOpenBlas() => SystemLibrary.Find(
        OpenBlasLibraries, ["cblas_sgemm", "cblas_dgemm", "openblas_set_num_threads", "openblas_get_corename"]);

    /// <summary>Starts MKL.</summary>
    /// <param name="library">MKL, installed.</param>
    public static CblasProvider StartMkl(SystemLibrary library)
    {
        // Before the first product: 32-bit integers, and the threading layer whose OpenMP is there.
        var setInterface = (delegate* unmanaged[Cdecl]<int, int>)library["MKL_Set_Interface_Layer"];
        var setThreading = (delegate* unmanaged[Cdecl]<int, int>)library["MKL_Set_Threading_Layer"];
        var setThreads = (delegate* unmanaged[Cdecl]<int, void>)library["MKL_Set_Num_Threads"];
        const int Lp64 = 0;
        setInterface(Lp64);
        setThreading((int)FindThreading());
        setThreads(Environment.ProcessorCount);

        // Without this MKL sums in an order that depends on how an array happens to be aligned, and the same seed gives other bits.
        var setReproducible = (delegate* unmanaged[Cdecl]<int, int>)library["MKL_CBWR_Set"];
        const int Auto = 2, Strict = 0x10000;
        setReproducible(Auto | Strict);
        return new CblasProvider("mkl", $"Intel MKL, {library.File}, {Environment.ProcessorCount} threads", library);
    }

    /// <summary>Starts OpenBLAS.</summary>
    /// <param name="library">OpenBLAS, installed.</param>
    public static CblasProvider StartOpenBlas(SystemLibrary library)
    {
        var setThreads = (delegate* unmanaged[Cdecl]<int, void>)library["openblas_set_num_threads"];
        var getKernels = (delegate* unmanaged[Cdecl]<byte*>)library["openblas_get_corename"];
        setThreads(Environment.ProcessorCount);
        string kernels = Marshal.PtrToStringUTF8((nint)getKernels()) ?? "unknown";
        return new CblasProvider("openblas", $"OpenBLAS, {library.File}, kernels {kernels}, {Environment.ProcessorCount} threads", library);
    }

    /// <summary>The files that MKL's single library loads by itself with the first call, and without which it ends the process; none where that is not known.</summary>
    /// <param name="file">The single library's name or path.</param>
    /// <param name="threading">The threading layer that it will be set to.</param>
    internal static IEnumerable<string> PartsOfMkl(string file, MklThreading threading)
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        string layer = threading switch
        {
            MklThreading.Intel => "libmkl_intel_thread",
            MklThreading.Gnu => "libmkl_gnu_thread",
            _ => "libmkl_sequential",
        };
        return new[] { "libmkl_core", "libmkl_intel_lp64", layer }.Select(part => file.Replace("libmkl_rt", part, StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    private protected override void Gemm<T>(in Product<T> product)
    {
        int transposeA = ToCblas(product.TransposeA), transposeB = ToCblas(product.TransposeB);
        fixed (T* a = product.A, b = product.B, c = product.C)
        {
            if (typeof(T) == typeof(float))
            {
                _sgemm(
                    ColumnMajor, transposeA, transposeB, product.Rows, product.Columns, product.Inner, float.CreateTruncating(product.Alpha),
                    (float*)a, product.StrideA, (float*)b, product.StrideB, float.CreateTruncating(product.Beta), (float*)c, product.StrideC);
            }
            else
            {
                _dgemm(
                    ColumnMajor, transposeA, transposeB, product.Rows, product.Columns, product.Inner, double.CreateTruncating(product.Alpha),
                    (double*)a, product.StrideA, (double*)b, product.StrideB, double.CreateTruncating(product.Beta), (double*)c, product.StrideC);
            }
        }

        Rows.AddToEach(product.C, product.Rows, product.StrideC, product.Bias);
    }

    // MKL's GNU layer expects the symbols of GNU's OpenMP to be there for all libraries, which the runtime's own loading does not do.
    private static MklThreading FindThreading()
    {
        if (s_openMpOfIntel.Any(name => NativeLibrary.TryLoad(name, out _)))
        {
            return MklThreading.Intel;
        }

        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out nint libc) && NativeLibrary.TryGetExport(libc, "dlopen", out nint export))
        {
            const int Now = 0x2, Global = 0x100;
            var dlopen = (delegate* unmanaged[Cdecl]<byte*, int, nint>)export;
            fixed (byte* name = "libgomp.so.1"u8)
            {
                return dlopen(name, Now | Global) != 0 ? MklThreading.Gnu : MklThreading.Sequential;
            }
        }

        return MklThreading.Sequential;
    }

    private static int ToCblas(Transpose transpose) => transpose == Transpose.No ? NoTranspose : Transposed;
}
