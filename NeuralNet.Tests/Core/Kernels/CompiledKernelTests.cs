using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;
using NeuralNet.Tests.Examples;

namespace NeuralNet.Tests.Core.Kernels;

/// <summary>What the JIT makes of the innermost loop: the sums must stay in registers, or a product takes twice as long and more.</summary>
internal sealed partial class CompiledKernelTests
{
    [Test]
    public void MicroKernel_AsCompiled_TouchesTheStackInNoLoopOfMultiplyAdds()
    {
        if (!Fma.IsSupported)
        {
            Assert.Ignore("Without fused multiply-adds there are no such loops to look for.");
        }

        string listing = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"kernels-{Guid.NewGuid():N}.txt");
        try
        {
            (int exitCode, _, string errors) = ExampleProgram.Run(
                "TwoLayerNet", "", ("NEURALNET_PROVIDER", "simd"), ("DOTNET_JitDisasm", "Run"), ("DOTNET_JitStdOutFile", listing));
            exitCode.ShouldBe(0, errors);
            string[] kernels = [.. File.ReadAllText(listing).Split("; Assembly listing for method ").Where(method => method.Contains("MicroKernel"))];
            kernels.ShouldContain(kernel => (kernel.Contains("Two,") && kernel.Contains("Twelve")) || kernel.Contains("Six"), "the widest tile was not used");
            foreach (string kernel in kernels)
            {
                string[] loops = [.. Blocks().Split(kernel).Where(block => block.Contains("vfmadd") && BackwardJump().IsMatch(block))];
                loops.ShouldNotBeEmpty();
                loops.ShouldAllBe(loop => !Stack().IsMatch(loop), kernel[..kernel.IndexOf('\n')]);
            }
        }
        finally
        {
            File.Delete(listing);
        }
    }

    [GeneratedRegex(@"^G_M\w+:", RegexOptions.Multiline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"\bdec\s|\binc\s|\bsub\s")]
    private static partial Regex BackwardJump();

    [GeneratedRegex(@"mmword ptr \[r[bs]p")]
    private static partial Regex Stack();
}
