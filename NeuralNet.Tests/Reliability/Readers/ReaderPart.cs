using NeuralNet.Core.Randomness;
using NeuralNet.Tests.Reliability.Running;
using NeuralNet.Tests.Training.Data;
using NeuralNet.Training.Data;

namespace NeuralNet.Tests.Reliability.Readers;

/// <summary>Reads damaged files and texts. A reader gives what the format's definition says, or the exception that its docs name, and takes no more
/// memory than the file accounts for; one that hangs is ended by its supervisor.</summary>
internal sealed class ReaderPart : Part
{
    private const int CasesPerRound = 1000;

    // A packed file is unpacked into pieces from a mebibyte on. Deflate makes at most 1032 bytes of one, and doubling pieces take twice as much, or
    // three times while one is copied into the next.
    private const long FixedBytes = 4 << 20;
    private const long BytesForOne = 3 * 1032;

    private long _sound;

    /// <inheritdoc/>
    public override string Name => "readers";

    /// <inheritdoc/>
    public override string Summary => "damaged, truncated and extended IDX files, gzip or not, and texts of generators";

    /// <inheritdoc/>
    public override string Run(long seed, int rounds, CaseFile current)
    {
        using var folder = new IdxFolder();
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < CasesPerRound; i++)
            {
                current.Begin(seed + round, i, "files");
                var random = new Philox(seed + round, (ulong)i);
                byte[] images = Make(random, isImages: true), labels = Make(random, isImages: false);
                string imagesPath = folder.Write("images", images, asIs: true), labelsPath = folder.Write("labels", labels, asIs: true);
                CheckImages(imagesPath, images);
                CheckLabels(labelsPath, labels);
                CheckPair(imagesPath, labelsPath, images, labels);
                CheckStateText(random);
            }
        }

        return $"{2L * rounds * CasesPerRound} files, {_sound} of them read as sound, and {(long)rounds * CasesPerRound} texts";
    }

    // Damage before packing is found by what reads the values, damage after it by what unpacks.
    private static byte[] Make(Philox random, bool isImages)
    {
        byte[] file = FileMaker.Sound(random, isImages);
        return random.Next(3) switch
        {
            0 => FileMaker.Damaged(random, file),
            1 => IdxFolder.Gzip(FileMaker.Damaged(random, file)),
            _ => FileMaker.Damaged(random, IdxFolder.Gzip(file)),
        };
    }

    private void CheckImages(string path, byte[] file)
    {
        IdxImages? images = Read(() => IdxFile.ReadImages(path), file.Length);
        Compare(Expected.Of(file, isImages: true), images is null ? null : ([(uint)images.Count, (uint)images.Rows, (uint)images.Columns], images.Pixels), "images");
    }

    private void CheckLabels(string path, byte[] file)
    {
        byte[]? labels = Read(() => IdxFile.ReadLabels(path), file.Length);
        Compare(Expected.Of(file, isImages: false), labels is null ? null : ([(uint)labels.Length], labels), "labels");
    }

    private static void CheckPair(string imagesPath, string labelsPath, byte[] images, byte[] labels)
    {
        bool isSound = Expected.Of(images, isImages: true) is { } ofImages && Expected.Of(labels, isImages: false) is { } ofLabels
            && ofImages.Dimensions[0] == ofLabels.Dimensions[0] && ofLabels.Values.All(label => label < 10);
        DataSet<float>? data = Read(() => LabeledImages.Read<float>(imagesPath, labelsPath, 10), images.Length + labels.Length);
        if (isSound != data is not null)
        {
            throw new DefectException($"a pair of files that is {(isSound ? "sound was refused" : "not sound was read")}");
        }
    }

    private static void CheckStateText(Philox random)
    {
        byte[] text = System.Text.Encoding.ASCII.GetBytes(random.State.ToString());
        string damaged = System.Text.Encoding.Latin1.GetString(FileMaker.Damaged(random, text));
        try
        {
            string back = PhiloxState.Parse(damaged).ToString();
            if (!back.Equals(damaged, StringComparison.OrdinalIgnoreCase))
            {
                throw new DefectException($"the text '{damaged}' of a generator was read as '{back}'");
            }
        }
        catch (FormatException)
        {
            // As the docs say.
        }
    }

    private static TResult? Read<TResult>(Func<TResult> read, int fileBytes) where TResult : class
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        TResult? result = null;
        try
        {
            result = read();
        }
        catch (InvalidDataException)
        {
            // As the docs say.
        }
        catch (Exception exception) when (exception is not DefectException)
        {
            throw new DefectException($"a reader threw what its docs do not name: {exception}");
        }

        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        return taken <= FixedBytes + (BytesForOne * fileBytes)
            ? result
            : throw new DefectException($"a reader took {taken} bytes for a file of {fileBytes}");
    }

    private void Compare((uint[] Dimensions, byte[] Values)? expected, (uint[] Dimensions, byte[] Values)? read, string kind)
    {
        _sound += read is null ? 0 : 1;
        bool isSame = expected is { } one && read is { } other
            ? one.Dimensions.AsSpan().SequenceEqual(other.Dimensions) && one.Values.AsSpan().SequenceEqual(other.Values)
            : expected is null && read is null;
        if (!isSame)
        {
            throw new DefectException($"a file of {kind} that is {(expected is null ? "not sound was read" : read is null ? "sound was refused" : "sound was read otherwise")}");
        }
    }
}
