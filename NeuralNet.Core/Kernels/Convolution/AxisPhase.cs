namespace NeuralNet.Core.Kernels.Convolution;

/// <summary>Positions of a target axis, equally far apart, that are summed of the source in one and the same way.</summary>
/// <param name="First">The first of these positions.</param>
/// <param name="Count">How many there are, numbered by j; position j is <c>First + j·TargetStep</c>.</param>
/// <param name="Kernel">The elements of the kernel that they take part in.</param>
/// <param name="Shifts">For each of these elements the source position of j = 0, ascending; position j has it <c>j·SourceStep</c> further on.</param>
internal sealed record AxisPhase(int First, int Count, int[] Kernel, int[] Shifts);
