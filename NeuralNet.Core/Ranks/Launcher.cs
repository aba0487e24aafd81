using System.Globalization;

namespace NeuralNet.Core.Ranks;

/// <summary>What has started this process, as its environment tells.</summary>
/// <param name="Name">What it is called; empty where there is none.</param>
/// <param name="Rank">The number that it gave this process.</param>
/// <param name="Size">How many it started.</param>
/// <param name="Libraries">Names of the libraries that it goes with, the likeliest first.</param>
internal sealed record Launcher(string Name, int Rank, int Size, IReadOnlyList<string> Libraries)
{
    /// <summary>A process that somebody started by itself.</summary>
    public static Launcher None { get; } = new("", 0, 1, []);

    /// <summary>Looks for the variables that launchers set.</summary>
    /// <param name="variable">The value of an environment variable, or null.</param>
    /// <exception cref="InvalidOperationException">A variable holds no number.</exception>
    public static Launcher Find(Func<string, string?> variable)
    {
        if (variable("OMPI_COMM_WORLD_SIZE") is not null)
        {
            return new("mpirun of Open MPI", Number(variable, "OMPI_COMM_WORLD_RANK"), Number(variable, "OMPI_COMM_WORLD_SIZE"), ["openmpi", "abi"]);
        }

        if (variable("PMI_SIZE") is not null)
        {
            bool isIntel = variable("I_MPI_MPIRUN") is not null || variable("I_MPI_ROOT") is not null;
            string name = variable("SLURM_STEP_ID") is not null ? "srun with PMI" : isIntel ? "mpirun of Intel MPI" : "mpiexec of MPICH";
            return new(name, Number(variable, "PMI_RANK"), Number(variable, "PMI_SIZE"), isIntel ? ["intel", "mpich", "abi"] : ["mpich", "intel", "abi"]);
        }

        // A batch script has SLURM_NTASKS as well, and is one process; only what srun starts has the step's number of tasks.
        if (variable("SLURM_STEP_NUM_TASKS") is not null && variable("SLURM_PROCID") is not null)
        {
            return new("srun", Number(variable, "SLURM_PROCID"), Number(variable, "SLURM_STEP_NUM_TASKS"), ["openmpi", "mpich", "intel", "abi"]);
        }

        return None;
    }

    private static int Number(Func<string, string?> variable, string name) =>
        int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new InvalidOperationException($"The environment variable {name}, which the launcher of a job sets, is '{variable(name)}', not a number.");
}
