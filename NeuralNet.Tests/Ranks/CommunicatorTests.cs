using NeuralNet.Core.Ranks;

namespace NeuralNet.Tests.Ranks;

/// <summary>What needs no job: one rank alone, launchers, settings and missing libraries.</summary>
internal sealed class CommunicatorTests
{
    [Test]
    public void Start_NobodyStartedSeveral_IsAlone()
    {
        using ICommunicator ranks = Communicator.Start();
        float[] numbers = [1, 2, 3], all = new float[3];
        ranks.AllReduce<float>(numbers);
        ranks.Broadcast<float>(numbers);
        ranks.AllGather<float>(numbers, all);
        ranks.Barrier();

        (ranks.Rank, ranks.Size, ranks.LocalRank, ranks.LocalSize).ShouldBe((0, 1, 0, 1));
        numbers.ShouldBe([1, 2, 3]);
        all.ShouldBe(numbers);
        ranks.Description.ShouldBe("ranks: 1, alone, as no mpirun or srun has started this process");
        ranks.Gather<int>([4, 5]).ShouldHaveSingleItem().ShouldBe([4, 5]);
        Should.Throw<InvalidOperationException>(() => ranks.Abort("enough")).Message.ShouldBe("enough");
    }

    [Test]
    public void Alone_WrongArguments_AreRefused()
    {
        using ICommunicator ranks = Communicator.Start(new CommunicatorSettings { Library = "alone" });

        Should.Throw<ArgumentOutOfRangeException>(() => ranks.Broadcast<float>([1], root: 1)).Message.ShouldContain("There are 1 ranks");
        Should.Throw<ArgumentException>(() => ranks.AllGather<float>([1, 2], new float[3])).Message.ShouldContain("need a place for 2, got 3");
        Should.Throw<ArgumentNullException>(() => ranks.Post(null!));
    }

    [Test]
    public void Work_OfOneRank_IsDoneAtOnceAndItsFailureIsThrown()
    {
        using ICommunicator ranks = Communicator.Start();
        var work = new Failing();
        work.Wait();
        ranks.Post(work);

        Should.Throw<InvalidOperationException>(() => ranks.Post(work)).Message.ShouldContain("under way already");
        Should.Throw<FormatException>(work.Wait).Message.ShouldBe("on purpose");
        ranks.Post(work);
        Should.Throw<FormatException>(work.Wait);
    }

    [Test]
    public void Start_UnknownLibrary_NamesThoseThereAre() =>
        Should.Throw<ArgumentException>(() => Communicator.Start(new CommunicatorSettings { Library = "openmp" })).Message
            .ShouldContain("There is no MPI library 'openmp'. The names are auto, alone, openmpi, mpich, intel, abi, or the path of a file.");

    [Test]
    public void Start_MissingLibrary_SaysHowToGetOne() =>
        Should.Throw<PlatformNotSupportedException>(() => Communicator.Start(new CommunicatorSettings { Library = "/nowhere/libmpi.so.40" })).Message
            .ShouldContain("on Debian and Ubuntu install openmpi-bin");

    [Test]
    public void Start_AFileThatIsNoMpi_SaysWhatItLacks()
    {
        if (OperatingSystem.IsLinux())
        {
            Should.Throw<PlatformNotSupportedException>(() => Communicator.Start(new CommunicatorSettings { Library = "libm.so.6" })).Message
                .ShouldContain("libm.so.6 has no function MPI_Get_library_version");
        }
    }

    [Test]
    public void Timeout_NotAboveZero_IsRefused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new CommunicatorSettings { Timeout = TimeSpan.Zero });

    [TestCase("OMPI_COMM_WORLD_RANK=2 OMPI_COMM_WORLD_SIZE=4", "mpirun of Open MPI", 2, 4, "openmpi")]
    [TestCase("PMI_RANK=1 PMI_SIZE=3", "mpiexec of MPICH", 1, 3, "mpich")]
    [TestCase("PMI_RANK=1 PMI_SIZE=3 I_MPI_ROOT=/opt/intel", "mpirun of Intel MPI", 1, 3, "intel")]
    [TestCase("PMI_RANK=1 PMI_SIZE=3 SLURM_STEP_ID=0", "srun with PMI", 1, 3, "mpich")]
    [TestCase("SLURM_PROCID=5 SLURM_STEP_NUM_TASKS=8 PMIX_RANK=5", "srun", 5, 8, "openmpi")]
    [TestCase("SLURM_PROCID=0 SLURM_NTASKS=8", "", 0, 1, "")]
    [TestCase("", "", 0, 1, "")]
    public void Launcher_ByItsVariables_IsFound(string environment, string name, int rank, int size, string library)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

        Launcher launcher = Launcher.Find(variables.GetValueOrDefault);

        (launcher.Name, launcher.Rank, launcher.Size, launcher.Libraries is [string first, ..] ? first : "").ShouldBe((name, rank, size, library));
    }

    [Test]
    public void Launcher_VariableThatIsNoNumber_IsNamed() =>
        Should.Throw<InvalidOperationException>(() => Launcher.Find(name => name == "PMI_SIZE" ? "many" : null)).Message.ShouldContain("PMI_");

    private sealed class Failing : CommunicationWork
    {
        protected override void Run(ICommunicator ranks) => throw new FormatException("on purpose");
    }
}
