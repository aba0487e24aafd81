using System.Numerics;

namespace NeuralNet.Core.Kernels.Recurrent;

/// <summary>One sample's place in the arrays of a step of a recurrent layer; those that a cell does not use are null.</summary>
internal unsafe struct CellColumn<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>H.</summary>
    public int Hidden;

    /// <summary>The gates: before the step what the weights give them, after it their values.</summary>
    public T* Gates;

    /// <summary>What the recurrent weights give them, where that is apart.</summary>
    public T* Recurrent;

    /// <summary>The biases, the same of all samples; backward their gradients, which are added to.</summary>
    public T* Bias;

    /// <summary>The cell's state before the step.</summary>
    public T* PreviousState;

    /// <summary>The cell's state after it; backward the gradient by it, which becomes the one by the state before.</summary>
    public T* State;

    /// <summary>What the cell keeps beside its gates.</summary>
    public T* Kept;

    /// <summary>h before the step.</summary>
    public T* PreviousOutput;

    /// <summary>h after it; backward the gradient by it from the steps behind, which becomes what of it reaches h before the step beside the gates.</summary>
    public T* Output;

    /// <summary>Backward: the gradient by h from outside, or null.</summary>
    public T* Upstream;

    /// <summary>Backward: the gradients by the gates as the inputs' weights make them.</summary>
    public T* GateGradients;

    /// <summary>Backward: those by the gates as the recurrent weights make them, where they differ.</summary>
    public T* RecurrentGradients;
}
