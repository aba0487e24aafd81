namespace NeuralNet.Core.Providers.Mpi;

/// <summary>What the handles of an MPI library are.</summary>
internal enum MpiFamily
{
    /// <summary>Pointers to what the library exports: Open MPI.</summary>
    OpenMpi,

    /// <summary>Integers, the same since MPICH 3.1: MPICH, Intel MPI, MVAPICH, Cray MPICH.</summary>
    Mpich,

    /// <summary>Small numbers in the place of pointers: the standard ABI of MPI 5.</summary>
    StandardAbi,
}
