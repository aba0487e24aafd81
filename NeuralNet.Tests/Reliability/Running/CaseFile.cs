using System.IO.MemoryMappedFiles;
using System.Text;

namespace NeuralNet.Tests.Reliability.Running;

/// <summary>A small file, mapped into memory, that always says what a process is doing: what was written last can be read after the process was
/// ended by the system, as by a read of memory that is not its own.</summary>
internal sealed class CaseFile : IDisposable
{
    private const int Length = 1024;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte[] _text = new byte[Length];
    private int _used;

    private CaseFile(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open);
        _view = _file.CreateViewAccessor(0, Length);
    }

    /// <summary>Makes a file in the folder for temporary files.</summary>
    /// <returns>Its path.</returns>
    public static string Make()
    {
        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, new byte[Length]);
        return path;
    }

    /// <summary>Opens a file that <see cref="Make"/> made, to write into it.</summary>
    public static CaseFile Open(string path) => new(path);

    /// <summary>What was written last, by whichever process.</summary>
    public static string Read(string path) => Encoding.UTF8.GetString(File.ReadAllBytes(path)).Split('\0')[0];

    /// <summary>Starts a case.</summary>
    /// <param name="seed">The seed of its round.</param>
    /// <param name="number">Its number within the round.</param>
    /// <param name="name">What it is.</param>
    public void Begin(long seed, long number, string name)
    {
        _used = 0;
        Put("seed ");
        Put(seed);
        Put(", case ");
        Put(number);
        Put(": ");
        Put(name);
        Publish();
    }

    /// <summary>Adds a detail of the case that runs.</summary>
    public void Add(string name, long value)
    {
        Put(", ");
        Put(name);
        Put(" ");
        Put(value);
        Publish();
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private void Put(string text) => _used += Encoding.UTF8.TryGetBytes(text, Rest, out int written) ? written : 0;

    private void Put(long number) => _used += number.TryFormat(Rest, out int written) ? written : 0;

    // The last byte stays 0.
    private Span<byte> Rest => _text.AsSpan(_used, Length - 1 - _used);

    private void Publish()
    {
        _text[_used] = 0;
        _view.WriteArray(0, _text, 0, _used + 1);
    }
}
