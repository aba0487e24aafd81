using System.Numerics;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary>
/// What is done to each element in one pass over memory, in vectors: from the elements at one place of all arrays to those that are
/// written there.
/// </summary>
/// <remarks>The operation declares how many arrays it writes and how many it only reads. Its factors, the numbers that are the same for all
/// elements, are its fields, as many as it has; <c>TSimd.Create(field)</c> makes a vector of one, which the JIT does once before the loop.</remarks>
/// <typeparam name="T">The element, float or double.</typeparam>
internal interface IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Whether an element costs many operations, as an exponential does, so that less of them are worth handing to another thread.</summary>
    static virtual bool IsCostly => false;

    /// <summary>How many arrays are read and not written, 1 or 2; by default one.</summary>
    static virtual int Inputs => 1;

    /// <summary>How many arrays are written, 1 to 3; by default one.</summary>
    static virtual int Outputs => 1;

    /// <summary>Whether the old content of the arrays that are written is needed; by default it is not, and then it is not read.</summary>
    static virtual bool ReadsOutputs => false;

    /// <summary>One vector of elements.</summary>
    /// <remarks>Parameters of their own and no structure of vectors: the JIT keeps these in registers, and a structure of up to 64 bytes
    /// a field in memory. Those that are not there are undefined and cost nothing.</remarks>
    /// <param name="input">The first array that is read only.</param>
    /// <param name="secondInput">The second array that is read only.</param>
    /// <param name="output">The first array that is written; the old content where <see cref="ReadsOutputs"/>, otherwise undefined.</param>
    /// <param name="secondOutput">The second array that is written, likewise.</param>
    /// <param name="thirdOutput">The third array that is written, likewise.</param>
    void Apply<TVector, TSimd>(
        TVector input, TVector secondInput, ref TVector output, ref TVector secondOutput, ref TVector thirdOutput)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>;
}
