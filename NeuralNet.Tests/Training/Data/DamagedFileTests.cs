using System.Text;
using NeuralNet.Core.Randomness;
using NeuralNet.Tests.Reliability.Readers;
using NeuralNet.Tests.Training.Data.Images;
using NeuralNet.Training.Data.Images;
using NeuralNet.Training.Data.Tables;
using NeuralNet.Training.Data.Text;

namespace NeuralNet.Tests.Training.Data;

/// <summary>Files with damages of every sort: a reader gives something, or the exception that its docs name, and takes no more memory than the file accounts for.</summary>
internal sealed class DamagedFileTests
{
    private const int Cases = 400;

    private static IEnumerable<TestCaseData> Formats =>
    [
        Format("csv", "length,color,n\n5.1,\"red, or so\",1\n4.9,blue,2\r\n-1e3,\"a \"\"b\"\"\",3\n"u8.ToArray(), path => CsvTable.Read(path)),
        Format("conll", "-DOCSTART- O\n\nEU B-ORG\nrejects O\nGerman B-MISC\n\nPeter B-PER\n"u8.ToArray(), path => ConllFile.Read(path)),
        Format("pgm", "P2 # grey\n4 2\n255\n0 1 2 3\n250 251 252 255\n"u8.ToArray(), path => NetpbmImage.Read(path)),
        Format("ppm", [.. "P6 2 2 255\n"u8, .. Enumerable.Range(0, 12).Select(i => (byte)(20 * i))], path => NetpbmImage.Read(path)),
        Format("png", PngImage.ToBytes(6, 5, [.. Enumerable.Range(0, 90).Select(i => (byte)(i * i))]), path => RasterImage.Read(path)),

        // With checksums that are right, damages come through to what the chunks say.
        Format("header of png", [], path => RasterImage.Read(path)),
        Format("rows of png", [], path => RasterImage.Read(path)),
    ];

    [TestCaseSource(nameof(Formats))]
    public void Read_AnyDamage_GivesADataSetOrTheExceptionOfTheDocs(string format, byte[] sound, Func<string, object> read)
    {
        using var folder = new IdxFolder();
        int readable = 0;
        for (int i = 0; i < Cases; i++)
        {
            var random = new Philox(2026, (ulong)i);
            byte[] file = format switch
            {
                "header of png" => PngParts.File(
                    PngParts.Chunk("IHDR", FileMaker.Damaged(random, [0, 0, 0, 2, 0, 0, 0, 2, 8, 0, 0, 0, 0])), PngParts.Rows(0, 1, 2, 0, 3, 4), PngParts.End()),
                "rows of png" => PngParts.File(
                    PngParts.Header(2, 2), PngParts.Chunk("IDAT", FileMaker.Damaged(random, PngParts.Packed([0, 1, 2, 4, 3, 4]))), PngParts.End()),
                _ => FileMaker.Damaged(random, sound),
            };
            string path = folder.Write("file", file, asIs: true);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(path).ShouldNotBeNull();
                readable++;
            }
            catch (InvalidDataException exception)
            {
                exception.Message.ShouldStartWith($"'{path}'", customMessage: Encoding.Latin1.GetString(file));
            }

            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(8 << 20, Encoding.Latin1.GetString(file));
        }

        // Some damage is none to the reader, and some is.
        readable.ShouldBeInRange(1, Cases - 1);
    }

    private static TestCaseData Format(string name, byte[] sound, Func<string, object> read) => new TestCaseData(name, sound, read).SetArgDisplayNames(name);
}
