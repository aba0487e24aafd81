using NeuralNet.Core.Providers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The rest of docs/guide/packages.md.</summary>
internal sealed class PackagesPage
{
    [Test]
    public void Explanation_OfTheProvider_SaysHowWideVectorsAre() => Provider.With("simd", () =>
    {
        #region explain
        Console.WriteLine(MatrixProviders.Explain());
        #endregion

        MatrixProviders.Explain().ShouldMatch(@"^provider: simd \(C# kernels, (128|256|512)-bit vectors, \d+ threads?\)");
    });

    // What the page says of the program that the packages bring, and of the switch that chooses another kind of CPU.
    [Test]
    public void Page_SaysWhatThePackageSets()
    {
        string page = Page.Read("docs/guide/packages.md").Text;
        string set = File.ReadAllText(Path.Combine(Page.Root, "NeuralNet.Core", "buildTransitive", "NeuralNet.Core.targets"));

        set.ShouldContain("<IlcInstructionSet>x86-64-v3</IlcInstructionSet>");
        page.ShouldContain("`x86-64-v3`");
        page.ShouldContain("<IlcInstructionSet>native</IlcInstructionSet>");
    }
}
