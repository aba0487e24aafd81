using NeuralNet.Core.Ranks;

namespace NeuralNet.Tests.Ranks;

/// <summary>What says how ranks are connected: the program, the environment, and who has started the process.</summary>
[NonParallelizable]
internal sealed class CommunicatorSettingTests
{
    [Test]
    public void Libraries_ThatCanBeNamed_AreThese() => Communicator.Libraries.ShouldBe(["auto", "alone", "openmpi", "mpich", "intel", "abi"]);

    [TestCase("alone")]
    [TestCase("Alone")]
    public void Start_ProgramAsksToBeAlone_SaysSo(string library) => Description(library).ShouldBe("ranks: 1, alone, asked for by the program");

    [TestCase("alone", "asked for by NEURALNET_MPI")]
    [TestCase(" alone ", "asked for by NEURALNET_MPI")]
    [TestCase("auto", "as no mpirun or srun has started this process")]
    [TestCase(" ", "as no mpirun or srun has started this process")]
    [TestCase(null, "as no mpirun or srun has started this process")]
    public void Start_EnvironmentNamesTheLibrary_IsHeeded(string? value, string reason) =>
        With([(Communicator.LibraryVariable, value)], () => Description(null)).ShouldBe($"ranks: 1, alone, {reason}");

    [Test]
    public void Start_ProgramAndEnvironmentName_TheProgramIsHeeded() =>
        With([(Communicator.LibraryVariable, "openmp")], () => Description("alone")).ShouldBe("ranks: 1, alone, asked for by the program");

    [Test]
    public void Start_LauncherOfOneProcess_IsNamed() =>
        With([("OMPI_COMM_WORLD_SIZE", "1"), ("OMPI_COMM_WORLD_RANK", "0")], () => Description(null)).ShouldBe("ranks: 1, alone, as mpirun of Open MPI has started one process");

    [Test]
    public void Timeout_NoneOrAboveZero_IsTaken()
    {
        new CommunicatorSettings { Timeout = TimeSpan.FromSeconds(60) }.Timeout.ShouldBe(TimeSpan.FromSeconds(60));
        new CommunicatorSettings { Timeout = null }.Timeout.ShouldBeNull();
        Should.Throw<ArgumentOutOfRangeException>(() => new CommunicatorSettings { Timeout = TimeSpan.FromTicks(-1) }).Message
            .ShouldStartWith("The time for which ranks wait for another must be above zero.");
    }

    [TestCase("OMPI_COMM_WORLD_RANK=2 OMPI_COMM_WORLD_SIZE=4", "openmpi abi")]
    [TestCase("PMI_RANK=1 PMI_SIZE=3", "mpich intel abi")]
    [TestCase("PMI_RANK=1 PMI_SIZE=3 I_MPI_MPIRUN=mpirun", "intel mpich abi")]
    [TestCase("PMI_RANK=1 PMI_SIZE=3 I_MPI_ROOT=/opt/intel", "intel mpich abi")]
    [TestCase("SLURM_PROCID=5 SLURM_STEP_NUM_TASKS=8", "openmpi mpich intel abi")]
    [TestCase("", "")]
    public void Launcher_ByItsVariables_GoesWithItsLibraries(string environment, string libraries)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        string.Join(' ', Launcher.Find(variables.GetValueOrDefault).Libraries).ShouldBe(libraries);
    }

    [Test]
    public void Launcher_None_HasNoName() => (Launcher.None.Name, Launcher.None.Rank, Launcher.None.Size).ShouldBe(("", 0, 1));

    [TestCase(2, 6, 3)]
    [TestCase(0, 0, 3)]
    [TestCase(2, 2, 1)]
    public void ThrowIfNotForAll_PlaceForAll_IsTaken(int own, int all, int size) => Should.NotThrow(() => RankCheck.ThrowIfNotForAll(own, all, size));

    [TestCase(2, 5, 3, "6")]
    [TestCase(2, 0, 3, "6")]
    [TestCase(1 << 30, 0, 4, "4294967296")]
    public void ThrowIfNotForAll_AnotherPlace_IsRefusedWithWhatIsNeeded(int own, int all, int size, string needed) =>
        Should.Throw<ArgumentException>(() => RankCheck.ThrowIfNotForAll(own, all, size)).Message
            .ShouldBe($"{own} numbers of each of {size} ranks need a place for {needed}, got {all}. (Parameter 'all')");

    [Test]
    public void Gather_RanksWithMoreAndLess_GivesEachItsOwn()
    {
        int[][][] all = ThreadRanks.Run(3, ranks => ranks.Gather<int>([.. Enumerable.Range(10 * ranks.Rank, 2 * ranks.Rank)]));
        all.ShouldAllBe(given => given[0].Length == 0 && given[1].SequenceEqual(new[] { 10, 11 }) && given[2].SequenceEqual(new[] { 20, 21, 22, 23 }));
    }

    private static string Description(string? library)
    {
        using ICommunicator ranks = Communicator.Start(new CommunicatorSettings { Library = library });
        return ranks.Description;
    }

    private static string With((string Name, string? Value)[] variables, Func<string> run)
    {
        string?[] before = [.. variables.Select(variable => Environment.GetEnvironmentVariable(variable.Name))];
        try
        {
            Array.ForEach(variables, variable => Environment.SetEnvironmentVariable(variable.Name, variable.Value));
            return run();
        }
        finally
        {
            for (int i = 0; i < variables.Length; i++)
            {
                Environment.SetEnvironmentVariable(variables[i].Name, before[i]);
            }
        }
    }
}
