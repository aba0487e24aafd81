using System.Reflection;
using NeuralNet.Core;
using NeuralNet.Layers;
using NeuralNet.Tests.Docs;
using NeuralNet.Training.Losses;

namespace NeuralNet.Tests.Conventions.PublicApi;

/// <summary>The public API of each library is what its <c>PublicAPI.txt</c> says, so that no change of it goes unseen.</summary>
internal sealed class PublicApiTests
{
    private const string Variable = "NEURALNET_PUBLIC_API";
    private const string Command = $"{Variable}=write dotnet test -c Release NeuralNet.Tests --filter FullyQualifiedName~PublicApi";

    private static IEnumerable<TestCaseData> Libraries => new[] { typeof(Cache<>), typeof(Linear<>), typeof(Loss<,>) }
        .Select(type => new TestCaseData(type.Assembly).SetArgDisplayNames(type.Assembly.GetName().Name!));

    [TestCaseSource(nameof(Libraries))]
    public void Api_OfALibrary_IsWhatItsFileSays(Assembly library)
    {
        string name = library.GetName().Name!, path = Path.Combine(Page.Root, name, "PublicAPI.txt");
        string[] api = [$"# What others can see of {name}. A test compares it with the library; to write it anew:", $"# {Command}", .. ApiText.Of(library)];
        if (Environment.GetEnvironmentVariable(Variable) == "write")
        {
            File.WriteAllText(path, string.Join('\n', api) + "\n");
        }

        string[] written = File.ReadAllLines(path);
        IEnumerable<string> changes = [.. Missing(api, written).Select(line => $"- {line}"), .. Missing(written, api).Select(line => $"+ {line}")];
        written.ShouldBe(api, $"{name} has another public API than {name}/PublicAPI.txt says:\n{string.Join('\n', changes)}\nIf that is meant, write the file anew and commit it:\n{Command}");
    }

    [Test]
    public void Text_OfATypeWithEverything_SaysAllThatCallersDependOn() =>
        ApiText.Of(typeof(ApiSample<>)).ShouldBe(
        [
            "public abstract class NeuralNet.Tests.Conventions.PublicApi.ApiSample<T> : List<string>, IDisposable where T : unmanaged, IComparable<T>",
            "    protected ApiSample(int count = 3, T? start = null)",
            "    protected abstract bool TryAdd(in T value, out string? text, ref int count)",
            "    protected internal virtual int this[string key] { get; }",
            "    public const double Half = 0.5",
            "    public event EventHandler? Changed",
            "    public required string Name { get; init; }",
            "    public static TOther Convert<TOther>(Func<T, TOther?> map, StringComparison order = StringComparison.Ordinal, string? text = \"a\") where TOther : class, new()",
            "    public static readonly float[]? Weights",
            "    public string? Comment { get; protected set; }",
            "    public virtual void Dispose()",
            "    public void Sum(params ReadOnlySpan<T> values)",
        ]);

    [Test]
    public void Text_OfOtherKinds_SaysWhatTheyAre()
    {
        ApiText.Of(typeof(ApiSample<>.Kind)).ShouldBe(["public enum NeuralNet.Tests.Conventions.PublicApi.ApiSample<T>.Kind : byte where T : unmanaged, IComparable<T>", "    First = 0", "    Second = 7"]);
        ApiText.Of(typeof(ApiSample<>.Rule)).ShouldBe(["public delegate string? NeuralNet.Tests.Conventions.PublicApi.ApiSample<T>.Rule(T value, int[] shape) where T : unmanaged, IComparable<T>"]);
        ApiText.Of(typeof(ApiSample<>.Part)).ShouldBe(
        [
            "public readonly ref struct NeuralNet.Tests.Conventions.PublicApi.ApiSample<T>.Part where T : unmanaged, IComparable<T>",
            "    public Part(Span<T> values)",
            "    public ref readonly T First { get; }",
        ]);
    }

    // A line of a member alone does not say whose it is, so the type goes before it.
    private static IEnumerable<string> Missing(string[] from, string[] of) => Whole(of).Except(Whole(from));

    private static IEnumerable<string> Whole(string[] lines)
    {
        string type = "";
        foreach (string line in lines.Where(line => !line.StartsWith('#')))
        {
            bool isMember = line.StartsWith(' ');
            type = isMember ? type : line;
            yield return isMember ? $"{line.Trim()}   of {type}" : line;
        }
    }
}
