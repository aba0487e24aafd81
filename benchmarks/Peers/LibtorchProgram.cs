using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;

namespace NeuralNet.Benchmarks.Peers;

/// <summary>The C++ peer: compiled when it is first wanted, kept beside the program until its source changes.</summary>
internal static class LibtorchProgram
{
    private static readonly Lazy<string> Binary = new(Compile);

    /// <summary>The command line of the compiled program.</summary>
    /// <exception cref="PeerException">There is no compiler or no libtorch.</exception>
    public static string[][] Build() => [[Binary.Value]];

    private static string Compile()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Peers", "Programs");
        string source = Path.Combine(folder, "libtorch_peer.cpp");
        string hash = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(source)))[..12];
        string binary = Path.Combine(folder, $"libtorch_peer-{hash}");
        if (File.Exists(binary))
        {
            return binary;
        }

        Console.WriteLine("compiling the libtorch peer (once)");
        string temporary = $"{binary}.new";
        string[] arguments =
        [
            "-O2", "-std=c++14", "-I/usr/include/torch/csrc/api/include", source, "-o", temporary, "-ltorch", "-ltorch_cpu", "-lc10",
        ];
        Run(new ProcessStartInfo("g++", arguments) { RedirectStandardError = true });
        File.Move(temporary, binary, overwrite: true);
        return binary;
    }

    private static void Run(ProcessStartInfo start)
    {
        try
        {
            using Process compiler = Process.Start(start)!;
            string errors = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            if (compiler.ExitCode != 0)
            {
                throw new PeerException($"g++ could not compile it: {errors.Split('\n').FirstOrDefault(line => line.Contains("error"), errors)}");
            }
        }
        catch (Win32Exception)
        {
            throw new PeerException("there is no g++ to compile it with");
        }
    }
}
