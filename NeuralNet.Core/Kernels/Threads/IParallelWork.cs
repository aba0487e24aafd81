namespace NeuralNet.Core.Kernels.Threads;

/// <summary>Work in numbered pieces that do not depend on each other.</summary>
internal interface IParallelWork
{
    /// <summary>Does one piece. Called once for each piece, from any thread, in any order.</summary>
    /// <param name="piece">Its number, from 0.</param>
    void Do(int piece);
}
