using System.Diagnostics;
using NeuralNet.Core.Files;
using NeuralNet.Tests.Support;
using NeuralNet.Tests.Training.Data;

namespace NeuralNet.Tests.Core.Files;

/// <summary>A file is replaced whole or not at all, and what is in the way is said.</summary>
internal sealed class FileReplacementTests
{
    private IdxFolder _folder = null!;
    private string _path = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new IdxFolder();
        _path = Path.Combine(_folder.Path, "weights");
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    private static void WriteOne(Stream stream) => stream.WriteByte(1);

    [Test]
    public void Write_NewFile_IsThereAndAlone()
    {
        FileReplacement.Write(_path, stream => stream.Write([1, 2, 3]));
        File.ReadAllBytes(_path).ShouldBe([1, 2, 3]);
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([_path]);
    }

    [Test]
    public void Write_OldFile_IsReplacedAndKeepsItsPermissions()
    {
        File.WriteAllBytes(_path, new byte[100]);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

        FileReplacement.Write(_path, WriteOne);
        File.ReadAllBytes(_path).ShouldBe([1]);
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([_path]);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(_path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }
    }

    // Whoever has opened the old file goes on reading that.
    [Test]
    public void Write_OldFileIsOpen_StaysWhatItWasForItsReader()
    {
        File.WriteAllBytes(_path, [5, 6]);
        using FileBytes reader = FileBytes.Open(_path, "a file");
        FileReplacement.Write(_path, WriteOne);
        byte[] read = new byte[2];
        reader.Read(0, read);
        read.ShouldBe([5, 6]);
    }

    [Test]
    public void Write_CallerThrows_LeavesTheOldFileAndNothingElse()
    {
        File.WriteAllBytes(_path, [5]);
        Should.Throw<InvalidOperationException>(() => FileReplacement.Write(_path, stream =>
        {
            stream.Write(new byte[200_000]);
            throw new InvalidOperationException("mine");
        })).Message.ShouldBe("mine");
        File.ReadAllBytes(_path).ShouldBe([5]);
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([_path]);
    }

    [Test]
    public void Write_SystemFails_NamesThePathAndLeavesTheOldFile()
    {
        File.WriteAllBytes(_path, [5]);
        Should.Throw<IOException>(() => FileReplacement.Write(_path, _ => throw new IOException("The disk is gone."))).Message.ShouldBe(
            $"'{_path}' could not be written, and what was there before is unchanged: The disk is gone. Make room, or name a place that can be written to.");
        Should.Throw<UnauthorizedAccessException>(() => FileReplacement.Write(_path, _ => throw new UnauthorizedAccessException("No."))).Message.ShouldBe(
            $"'{_path}' could not be written, and what was there before is unchanged: No. Make room, or name a place that can be written to.");
        File.ReadAllBytes(_path).ShouldBe([5]);
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([_path]);
    }

    [Test]
    public void Write_Folder_IsRefused() =>
        Should.Throw<IOException>(() => FileReplacement.Write(_folder.Path, WriteOne)).Message
            .ShouldBe($"'{_folder.Path}' could not be written: it is a folder. Name a file.");

    [Test]
    public void Write_NoFolder_NamesIt()
    {
        string folder = Path.Combine(_folder.Path, "none"), path = Path.Combine(folder, "file");
        Should.Throw<DirectoryNotFoundException>(() => FileReplacement.Write(path, WriteOne)).Message
            .ShouldBe($"'{path}' could not be written: there is no folder '{folder}'. Make it first, or name another.");
    }

    [Test]
    public void Write_BelowAFile_NamesTheFolderThatIsNone()
    {
        File.WriteAllBytes(_path, [5]);
        string path = Path.Combine(_path, "file");
        Should.Throw<DirectoryNotFoundException>(() => FileReplacement.Write(path, WriteOne)).Message
            .ShouldBe($"'{path}' could not be written: there is no folder '{_path}'. Make it first, or name another.");
        File.ReadAllBytes(_path).ShouldBe([5]);
    }

    [Test]
    public void Write_ReadOnlyFile_IsRefused()
    {
        File.WriteAllBytes(_path, [5]);
        File.SetAttributes(_path, FileAttributes.ReadOnly);
        Should.Throw<UnauthorizedAccessException>(() => FileReplacement.Write(_path, WriteOne)).Message
            .ShouldBe($"'{_path}' could not be written: it is marked as read-only. Take the mark away, or name another file.");
        File.ReadAllBytes(_path).ShouldBe([5]);
        File.SetAttributes(_path, FileAttributes.Normal);
    }

    [Test]
    public void Write_Link_ReplacesWhatItLeadsTo()
    {
        string link = Path.Combine(_folder.Path, "link");
        File.WriteAllBytes(_path, [5]);
        File.CreateSymbolicLink(link, _path);
        FileReplacement.Write(link, WriteOne);
        new FileInfo(link).LinkTarget.ShouldBe(_path);
        File.ReadAllBytes(_path).ShouldBe([1]);
    }

    [Test]
    public void Write_NoSpace_LeavesTheOldFileAndNamesThePath()
    {
        if (!IsMounted(_folder.Path))
        {
            Needed.IsMissing("The right to mount a file system of 64 KiB");
        }

        try
        {
            File.WriteAllBytes(_path, [5]);
            Should.Throw<IOException>(() => FileReplacement.Write(_path, stream => stream.Write(new byte[1 << 20]))).Message
                .ShouldStartWith($"'{_path}' could not be written, and what was there before is unchanged: ");

            // So small that it waits in the stream's buffer until the file is flushed.
            byte[] filling = new byte[(64 << 10) - (2 * Environment.SystemPageSize)];
            File.WriteAllBytes(Path.Combine(_folder.Path, "filling"), filling);
            Should.Throw<IOException>(() => FileReplacement.Write(_path, stream =>
            {
                for (int i = 0; i < 60_000; i++)
                {
                    stream.WriteByte(1);
                }
            })).Message.ShouldStartWith($"'{_path}' could not be written, and what was there before is unchanged: ");
            File.ReadAllBytes(_path).ShouldBe([5]);
            Directory.GetFileSystemEntries(_folder.Path).Length.ShouldBe(2);
        }
        finally
        {
            Run("umount", _folder.Path).ShouldBeTrue();
        }
    }

    [Test]
    public void DeleteLeftovers_OfThisFile_RemovesThemAndNothingElse()
    {
        string[] kept =
        [
            _path, Path.Combine(_folder.Path, ".weights.part"), Path.Combine(_folder.Path, ".weights.0123456789abcdef0123456789abcdeg.part"),
            Path.Combine(_folder.Path, ".other.0123456789abcdef0123456789abcdef.part"), Path.Combine(_folder.Path, ".weights.0123456789abcdef0123456789abcdef.partly"),
            Path.Combine(_folder.Path, ".weighty.0123456789abcdef0123456789abcdef.part"), Path.Combine(_folder.Path, ".weights.0123456789abcdef0123456789abcdef.port"),
            Path.Combine(_folder.Path, ".weights.0123456789abcdef0123456789abcdef0.part"),
        ];
        Array.ForEach(kept, file => File.WriteAllBytes(file, [1]));
        File.WriteAllBytes(Path.Combine(_folder.Path, ".weights.0123456789abcdef0123456789abcdef.part"), [1]);
        File.WriteAllBytes(Path.Combine(_folder.Path, ".weights.ffffffffffffffffffffffffffffffff.part"), []);
        FileReplacement.DeleteLeftovers(_path).ShouldBe(2);
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe(kept, ignoreOrder: true);
        FileReplacement.DeleteLeftovers(Path.Combine(_folder.Path, "none", "file")).ShouldBe(0);
    }

    [Test]
    public void DeleteLeftovers_WhileAnotherWrites_LeavesItsFile()
    {
        FileReplacement.Write(_path, stream =>
        {
            FileReplacement.DeleteLeftovers(_path).ShouldBe(0);
            stream.WriteByte(1);
        });
        File.ReadAllBytes(_path).ShouldBe([1]);
    }

    private static bool IsMounted(string folder) => OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder);

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
