namespace NeuralNet.Tests.Reliability.GuardPages;

/// <summary>A kernel to be called between guard pages.</summary>
/// <param name="Name">What is called.</param>
/// <param name="Kernel">The type of the kernel, open if it is generic.</param>
/// <param name="Run">Draws sizes, takes buffers and calls it.</param>
internal sealed record KernelCase(string Name, Type Kernel, Action<Draws, Arena> Run);
