using System.IO.Compression;
using System.Reflection.Metadata;
using System.Xml.Linq;
using NeuralNet.Tests.Docs;

namespace NeuralNet.Tests.Packages;

/// <summary>What is in the packages.</summary>
internal sealed class PackageTests
{
    private static readonly string[] Libraries = ["NeuralNet.Core", "NeuralNet.Layers", "NeuralNet.Training"];
    private static readonly string[] All = [.. Libraries, "NeuralNet", "NeuralNet.Templates"];

    // What embedded sources are marked with in the format of portable symbols.
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [Test]
    public void Pack_OfTheSolution_GivesThesePackagesAndNoOthers() =>
        Directory.GetFiles(PackedPackages.Folder).Select(path => Path.GetFileName(path)).ShouldBe(
            [.. All.Select(name => $"{name}.{PackedPackages.Version}.nupkg"), .. Libraries.Select(name => $"{name}.{PackedPackages.Version}.snupkg")], ignoreOrder: true);

    [TestCaseSource(nameof(All))]
    public void Package_SaysWhatItIs(string name)
    {
        using ZipArchive package = PackedPackages.Open(name);
        Dictionary<string, string> said = Metadata(package).Elements().ToDictionary(element => element.Name.LocalName, element => element.Value);

        said["id"].ShouldBe(name);
        said["version"].ShouldBe(PackedPackages.Version);
        said["authors"].ShouldBe("The NeuralNet authors");
        said["license"].ShouldBe("MIT");
        said["description"].Length.ShouldBeGreaterThan(60);
        said["tags"].ShouldContain("neural-network");
        Bytes(package, said["icon"]).ShouldBe(File.ReadAllBytes(Path.Combine(Page.Root, "packaging", "icon.png")));
        Text(package, said["readme"]).ShouldStartWith($"# {(name == "NeuralNet.Templates" ? name : "NeuralNet")}\n");
        Text(package, "LICENSE").ShouldBe(File.ReadAllText(Path.Combine(Page.Root, "LICENSE")));
    }

    [TestCase("NeuralNet.Core", "MathNet.Numerics", "System.Numerics.Tensors")]
    [TestCase("NeuralNet.Layers", "NeuralNet.Core")]
    [TestCase("NeuralNet.Training", "CsvHelper", "Google.Protobuf", "NeuralNet.Layers")]
    [TestCase("NeuralNet", "NeuralNet.Core", "NeuralNet.Layers", "NeuralNet.Training")]
    [TestCase("NeuralNet.Templates")]
    public void Package_NeedsWhatItUses(string name, params string[] others)
    {
        using ZipArchive package = PackedPackages.Open(name);

        Metadata(package).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value)
            .Order(StringComparer.Ordinal).ShouldBe(others);
    }

    [TestCaseSource(nameof(Libraries))]
    public void Library_HasItsDocumentationAndSymbolsWithSources(string name)
    {
        using ZipArchive package = PackedPackages.Open(name), symbols = PackedPackages.Open(name, "snupkg");

        Text(package, $"lib/net10.0/{name}.xml").ShouldContain($"<name>{name}</name>");
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Bytes(symbols, $"lib/net10.0/{name}.pdb")));
        MetadataReader reader = provider.GetMetadataReader();
        string[] sources = [.. reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name))];
        sources.Length.ShouldBeGreaterThan(15);
        sources.ShouldAllBe(path => path.StartsWith($"/_/{name}/", StringComparison.Ordinal));
        reader.Documents.ShouldAllBe(handle => reader.GetCustomDebugInformation(handle).Any(info => reader.GetGuid(reader.GetCustomDebugInformation(info).Kind) == EmbeddedSource));
    }

    [Test]
    public void Core_BringsTheInstructionSetOfProgramsCompiledAhead()
    {
        using ZipArchive package = PackedPackages.Open("NeuralNet.Core");

        Text(package, "buildTransitive/NeuralNet.Core.targets").ShouldBe(File.ReadAllText(Path.Combine(Page.Root, "NeuralNet.Core", "buildTransitive", "NeuralNet.Core.targets")));
    }

    [Test]
    public void Template_AsksForThisVersion()
    {
        using ZipArchive package = PackedPackages.Open("NeuralNet.Templates");

        Text(package, "content/neuralnet/NeuralNetTemplate.csproj").ShouldContain($"<PackageReference Include=\"NeuralNet\" Version=\"{PackedPackages.Version}\" />");
    }

    private static XElement Metadata(ZipArchive package) =>
        XDocument.Parse(Text(package, package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).FullName)).Root!.Elements().Single();

    private static string Text(ZipArchive package, string path)
    {
        using var reader = new StreamReader(new MemoryStream(Bytes(package, path)));
        return reader.ReadToEnd();
    }

    private static byte[] Bytes(ZipArchive package, string path)
    {
        using Stream stream = package.GetEntry(path).ShouldNotBeNull(path).Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
