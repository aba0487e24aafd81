namespace NeuralNet.Core.Providers;

/// <summary>The threading layers of MKL, with the numbers of mkl_service.h.</summary>
internal enum MklThreading
{
    /// <summary>Intel's OpenMP.</summary>
    Intel = 0,

    /// <summary>One thread.</summary>
    Sequential = 1,

    /// <summary>GNU's OpenMP.</summary>
    Gnu = 3,
}
