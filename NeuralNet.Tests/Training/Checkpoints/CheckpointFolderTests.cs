using NeuralNet.Tests.Support;
using NeuralNet.Training.Checkpoints;

namespace NeuralNet.Tests.Training.Checkpoints;

/// <summary>A folder of checkpoints: which files are its own, which are deleted, and when it cannot be used.</summary>
internal sealed class CheckpointFolderTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Files_WhatLiesInTheFolder_AreThoseOfStepsInOrder()
    {
        Make("checkpoint-000000010.safetensors", "checkpoint-9.safetensors", "checkpoint-x.safetensors", "checkpoint-000000011.part", "model.safetensors");
        using var folder = new CheckpointFolder(_folder.Path);

        folder.Files.ShouldBe([_folder["checkpoint-9.safetensors"], _folder["checkpoint-000000010.safetensors"]]);
        folder.Newest.ShouldBe(_folder["checkpoint-000000010.safetensors"]);
        folder.FileOf(12).ShouldBe(_folder["checkpoint-000000012.safetensors"]);
    }

    [Test]
    public void Newest_NoCheckpoint_IsNone()
    {
        using var folder = new CheckpointFolder(_folder["new"]);

        folder.Newest.ShouldBeNull();
        folder.KeepLast.ShouldBe(3);
    }

    [Test]
    public void DeleteOld_MoreThanAreKept_LeavesTheLastAndTheBest()
    {
        Make([.. Enumerable.Range(1, 6).Select(steps => $"checkpoint-{steps:D9}.safetensors")]);
        using var folder = new CheckpointFolder(_folder.Path, keepLast: 2);

        folder.DeleteOld(folder.FileOf(3));

        folder.Files.ShouldBe([folder.FileOf(3), folder.FileOf(5), folder.FileOf(6)]);
    }

    // What a program that was killed was writing; a file of another kind is left alone.
    [Test]
    public void Constructor_LeftoversOfCheckpoints_AreDeleted()
    {
        string unique = new('a', 32);
        Make($".checkpoint-000000005.safetensors.{unique}.part", $".checkpoint-000000006.safetensors.{unique}.part", $".model.safetensors.{unique}.part", "checkpoint-000000004.safetensors");

        using (new CheckpointFolder(_folder.Path))
        {
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal)
                .ShouldBe([$".model.safetensors.{unique}.part", "checkpoint-000000004.safetensors", "in-use"]);
        }

        File.Exists(_folder["in-use"]).ShouldBeFalse();
    }

    [Test]
    public void Constructor_WhatCannotBeAFolder_IsRefused()
    {
        Make("file");
        Directory.CreateDirectory(_folder["in-use"]);

        Should.Throw<IOException>(() => new CheckpointFolder(_folder["file"])).Message.ShouldBe($"'{_folder["file"]}' cannot be a folder of checkpoints: it is a file.");
        Should.Throw<IOException>(() => new CheckpointFolder(Path.Combine(_folder["file"], "runs"))).Message
            .ShouldStartWith($"The folder of checkpoints '{Path.Combine(_folder["file"], "runs")}' cannot be made or written to: ");
        // A folder is where the file of the lock is to be.
        Should.Throw<UnauthorizedAccessException>(() => new CheckpointFolder(_folder.Path)).Message.ShouldStartWith($"The folder of checkpoints '{_folder.Path}' cannot be written to: ");
        Should.Throw<ArgumentOutOfRangeException>(() => new CheckpointFolder(_folder.Path, keepLast: 0)).ParamName.ShouldBe("keepLast");
        Should.Throw<ArgumentException>(() => new CheckpointFolder(" ")).ParamName.ShouldBe("path");
        Should.Throw<ArgumentException>(() => new CheckpointSettings<double>(" ")).Message.ShouldBe("A folder of checkpoints needs a name. (Parameter 'folder')");
    }

    private void Make(params string[] names) => Array.ForEach(names, name => File.WriteAllText(_folder[name], ""));
}
