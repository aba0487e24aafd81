using NeuralNet.Core.Providers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Providers;

[NonParallelizable]
internal sealed class MatrixProvidersTests
{
    [Test]
    public void Use_UnknownName_ListsTheNamesAndWhatIsAvailable()
    {
        string message = Should.Throw<ArgumentException>(() => MatrixProviders.Use("cuda")).Message;
        message.ShouldContain("'cuda'");
        message.ShouldContain("auto, simd, mkl, openblas, managed");
        message.ShouldContain($"available here: {string.Join(", ", MatrixProviders.Available())}");
    }

    [Test]
    public void Use_UnknownName_KeepsTheProvider()
    {
        MatrixProvider before = MatrixProviders.Active;
        Should.Throw<ArgumentException>(() => MatrixProviders.Use("cuda"));
        MatrixProviders.Active.ShouldBeSameAs(before);
    }

    [TestCase("mkl", "libmkl-rt", "libmkl_rt.so", "mkl_rt.2.dll", "libmkl_rt.dylib")]
    [TestCase("openblas", "libopenblas0-pthread", "libopenblas.so.0", "libopenblas.dll", "libopenblas.dylib")]
    public void HowToGet_NativeProvider_NamesThePackageAndTheLibrariesOfEachSystem(string name, params string[] parts)
    {
        foreach (string part in parts)
        {
            MatrixProviders.HowToGet(name).ShouldContain(part);
        }
    }

    [Test]
    public void Available_AnyMachine_HasTheProvidersThatNeedNothing() =>
        MatrixProviders.Available().ShouldBeSubsetOf(MatrixProviders.Names.Skip(1).ToList());

    [TestCase("simd", "C# kernels")]
    [TestCase("managed", "MathNet")]
    [TestCase("mkl", "Intel MKL")]
    [TestCase("openblas", "OpenBLAS")]
    public void Explain_ProviderAskedFor_SaysWhichAndWhyInOneLine(string name, string description) => Provider.With(name, () =>
    {
        MatrixProviders.Explain().ShouldStartWith($"provider: {name} ({description}");
        MatrixProviders.Explain().ShouldEndWith("asked for by the program");
        MatrixProviders.Explain().ShouldNotContain('\n');
    });

    [Test]
    public void Use_Auto_TakesMklOnIntelAndSimdElsewhere()
    {
        string before = MatrixProviders.Active.Name;
        MatrixProviders.Use("auto");
        string expected = MatrixProviders.Available().Contains("mkl") && NeuralNet.Core.Kernels.Processor.IsIntel ? "mkl" : "simd";
        MatrixProviders.Active.Name.ShouldBe(expected);
        MatrixProviders.Explain().ShouldContain("chosen because");
        MatrixProviders.Use(before);
    }
}
