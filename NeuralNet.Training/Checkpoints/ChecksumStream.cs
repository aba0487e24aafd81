using System.Security.Cryptography;

namespace NeuralNet.Training.Checkpoints;

/// <summary>Passes bytes on and, in place of the last 32 of them, the SHA-256 of those before.</summary>
/// <param name="target">Where they go.</param>
internal sealed class ChecksumStream(Stream target) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    // The last bytes so far, which are not passed on before it is known that others follow.
    private readonly byte[] _tail = new byte[SHA256.HashSizeInBytes];
    private int _held;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>All is written: the checksum takes the place of the last bytes.</summary>
    public void Complete() => target.Write(_hash.GetHashAndReset());

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        int kept = Math.Min(buffer.Length, _tail.Length), leaving = Math.Max(0, _held + kept - _tail.Length);
        Pass(_tail.AsSpan(0, leaving));
        Pass(buffer[..^kept]);
        _tail.AsSpan(leaving, _held - leaving).CopyTo(_tail);
        _held -= leaving;
        buffer[^kept..].CopyTo(_tail.AsSpan(_held));
        _held += kept;
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush() => target.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }

    private void Pass(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        target.Write(bytes);
    }
}
