using NeuralNet.Core.Providers;

namespace NeuralNet.Tests.Core.Providers;

/// <summary>Files that are no BLAS library, or half of one: not installed, for a reason, and the process goes on.</summary>
internal sealed class SystemLibraryTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("blas").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Find_NoFile_HasNoProblemToTell()
    {
        SystemLibrary library = SystemLibrary.Find([Path.Combine(_folder, "libmkl_rt.so")], ["cblas_sgemm"]);
        library.IsInstalled.ShouldBeFalse();
        library.Problem.ShouldBeNull();
    }

    [TestCase("")]
    [TestCase("not a library")]
    [Platform("Linux")]
    public void Find_FileThatIsNoLibrary_NamesItAndTheReason(string content)
    {
        string file = Path.Combine(_folder, "libmkl_rt.so");
        File.WriteAllText(file, content);
        SystemLibrary library = SystemLibrary.Find([file], ["cblas_sgemm"]);
        library.IsInstalled.ShouldBeFalse();
        library.Problem!.ShouldStartWith($"{file} cannot be loaded: ");
        library.Problem!.Length.ShouldBeGreaterThan($"{file} cannot be loaded: ".Length);
    }

    // A library of the system stands for one of another version: it has functions, but not these.
    [Test]
    [Platform("Linux")]
    public void Find_LibraryWithoutTheFunction_NamesIt()
    {
        SystemLibrary library = SystemLibrary.Find(["libm.so.6"], ["cos", "cblas_sgemm"]);
        library.IsInstalled.ShouldBeFalse();
        library.Problem.ShouldBe("libm.so.6 has no function cblas_sgemm");
    }

    [Test]
    [Platform("Linux")]
    public void Find_LibraryWithoutAPart_NamesIt()
    {
        SystemLibrary library = SystemLibrary.Find(["libm.so.6"], ["cos"], _ => ["libnotthere_core.so"]);
        library.IsInstalled.ShouldBeFalse();
        library.Problem.ShouldBe("libm.so.6 is there without libnotthere_core.so, which it needs");
    }

    [Test]
    [Platform("Linux")]
    public void Find_FirstFileIsBroken_TakesTheNext()
    {
        string broken = Path.Combine(_folder, "libm.so.6");
        File.WriteAllText(broken, "broken");
        SystemLibrary library = SystemLibrary.Find([broken, "libm.so.6"], ["cos"]);
        library.IsInstalled.ShouldBeTrue();
        library.File.ShouldBe("libm.so.6");
        library["cos"].ShouldNotBe(0);
    }

    [TestCase("libmkl_rt.so.2", 0, "libmkl_core.so.2", "libmkl_intel_lp64.so.2", "libmkl_intel_thread.so.2")]
    [TestCase("libmkl_rt.so.1", 1, "libmkl_core.so.1", "libmkl_intel_lp64.so.1", "libmkl_sequential.so.1")]
    [TestCase("/opt/mkl/libmkl_rt.so", 3, "/opt/mkl/libmkl_core.so", "/opt/mkl/libmkl_intel_lp64.so", "/opt/mkl/libmkl_gnu_thread.so")]
    [Platform("Linux")]
    public void PartsOfMkl_OfASingleLibrary_HaveItsVersionAndFolder(string file, int threading, params string[] parts) =>
        CblasProvider.PartsOfMkl(file, (MklThreading)threading).ShouldBe(parts);

    [Test]
    public void Candidate_OfALibraryThatIsThere_StartsOnceAndWhenChosen()
    {
        int starts = 0;
        var candidate = new Candidate(() =>
        {
            starts++;
            return new SimdProvider();
        });
        candidate.IsInstalled.ShouldBeTrue();
        starts.ShouldBe(0);
        candidate.Started.ShouldBeSameAs(candidate.Started);
        starts.ShouldBe(1);
    }

    [Test]
    public void ChooseAutomatically_CpuIsNotIntels_DoesNotLookForMkl()
    {
        List<string> looked = [];
        var simd = new Candidate(() => new SimdProvider());
        (Candidate chosen, string reason) = MatrixProviders.ChooseAutomatically(isIntel: false, name =>
        {
            looked.Add(name);
            return simd;
        });
        chosen.ShouldBeSameAs(simd);
        looked.ShouldBe(["simd"]);
        reason.ShouldStartWith("chosen because the CPU is not Intel's");
    }

    [Test]
    public void ChooseAutomatically_CpuIsIntelsAndMklIsBroken_TakesSimdAndSaysWhy()
    {
        var simd = new Candidate(() => new SimdProvider());
        (Candidate chosen, string reason) = MatrixProviders.ChooseAutomatically(
            isIntel: true, name => name == "mkl" ? new Candidate("libmkl_rt.so has no function cblas_sgemm") : simd);
        chosen.ShouldBeSameAs(simd);
        reason.ShouldBe("chosen because MKL is not installed (libmkl_rt.so has no function cblas_sgemm)");
    }

    [Test]
    public void ChooseAutomatically_CpuIsIntelsAndMklIsThere_TakesIt()
    {
        var mkl = new Candidate(() => new SimdProvider());
        MatrixProviders.ChooseAutomatically(isIntel: true, _ => mkl).Candidate.ShouldBeSameAs(mkl);
    }

    // A whole program before a library that says it is MKL and is not.
    [Test]
    [Platform("Linux")]
    public void Program_BrokenMklAskedFor_EndsWithTheReason()
    {
        foreach (string name in CblasProvider.MklLibraries.Where(name => name.Contains(".so", StringComparison.Ordinal)))
        {
            File.WriteAllText(Path.Combine(_folder, name), "broken");
        }

        (string, string)[] environment = [("LD_LIBRARY_PATH", _folder), (MatrixProviders.EnvironmentVariable, "mkl")];
        (int exitCode, _, string errors) = Examples.ExampleProgram.Run("Xor", "", environment);
        exitCode.ShouldNotBe(0);
        errors.ShouldContain("The provider 'mkl' is not available on this machine (libmkl_rt.so.2 cannot be loaded: ");
        errors.ShouldContain("available here: simd");
    }
}
