using System.Diagnostics.CodeAnalysis;

namespace NeuralNet.Tests.Conventions.PublicApi;

/// <summary>A type with a member of each form, for the tests of <see cref="ApiText"/>.</summary>
[SuppressMessage("Performance", "CA1822", Justification = "What stands here is looked at, not called.")]
public abstract class ApiSample<T> : List<string>, IDisposable where T : unmanaged, IComparable<T>
{
    public const double Half = 0.5;

    public static readonly float[]? Weights;

    private readonly T _start;

    protected ApiSample(int count = 3, T? start = null) : base(count) => _start = start ?? default;

    private protected ApiSample(string name) => Comment = name;

    public event EventHandler? Changed;

    public enum Kind : byte
    {
        First,
        Second = 7,
    }

    public delegate string? Rule(T value, int[] shape);

    public required string Name { get; init; }

    public string? Comment { get; protected set; }

    internal int Hidden { get; set; }

    protected internal virtual int this[string key] => key.Length;

    public static TOther Convert<TOther>(Func<T, TOther?> map, StringComparison order = StringComparison.Ordinal, string? text = "a") where TOther : class, new() =>
        map(default) ?? new TOther();

    public void Sum(params ReadOnlySpan<T> values) => Changed?.Invoke(this, new EventArgs());

    public virtual void Dispose() => GC.SuppressFinalize(this);

    public override string ToString() => $"{Name} {_start}";

    internal void Hide() => Hidden++;

    protected abstract bool TryAdd(in T value, out string? text, ref int count);

    public readonly ref struct Part(Span<T> values)
    {
        private readonly Span<T> _values = values;

        public ref readonly T First => ref _values[0];
    }
}
