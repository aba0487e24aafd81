using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Core;

namespace NeuralNet.Training.SanityChecking;

/// <summary>Whether the gradient leads down.</summary>
internal static class GradientChecks
{
    // Parts of the loss that a step is to take away, by the gradient's own word. The smaller, the straighter; the larger, the further above rounding.
    private static readonly double[] Shares = [1e-2, 1e-3, 1e-4];

    /// <summary>A step of length t against the gradient g lowers the loss by <c>t·‖g‖²</c>, if t is small. None of three lengths comes to a fifth of that: the gradient is wrong.
    /// Nothing is said where the loss does not repeat itself, or the gradient is so small beside the weights that no step is, or so large
    /// that steps vanish in the weights' rounding.</summary>
    /// <param name="pass">The training pass.</param>
    public static IEnumerable<SanityFinding> Direction<T, TTarget>(TrainingPass<T, TTarget> pass) where T : unmanaged, IFloatingPointIeee754<T>
    {
        const double Least = 0.2, LongestStep = 0.1, ShortestStep = 100;
        var start = new StartValues<T>(pass.Network);
        double loss = pass.Run(), square = pass.Network.Parameters.Sum(named => double.CreateTruncating(TensorPrimitives.SumOfSquares(named.Parameter.GradientToRead)));
        double size = Math.Sqrt(pass.Network.Parameters.Sum(named => double.CreateTruncating(TensorPrimitives.SumOfSquares<T>(named.Parameter.Value.AsSpan()))));
        double longest = LongestStep * (1 + size), shortest = ShortestStep * size * double.CreateTruncating(T.BitIncrement(T.One) - T.One);
        T[][] gradients = [.. pass.Network.Parameters.Select(named => named.Parameter.GradientToRead.ToArray())];
        start.Restore();
        double[] shares = Array.FindAll(Shares, share => share * Math.Abs(loss) / Math.Sqrt(square) is var length && length >= shortest && length <= longest);
        if (pass.Run() != loss || loss == 0 || shares.Length == 0)
        {
            start.Restore();
            return [];
        }

        double best = double.NegativeInfinity;
        foreach (double share in shares)
        {
            start.Restore();
            double step = share * Math.Abs(loss) / square;
            for (int i = 0; i < gradients.Length; i++)
            {
                Span<T> value = pass.Network.Parameters[i].Parameter.Value.AsSpan();
                TensorPrimitives.MultiplyAdd(gradients[i], T.CreateTruncating(-step), value, value);
            }

            double fall = (loss - pass.Run()) / (share * Math.Abs(loss));
            best = double.IsNaN(fall) ? best : Math.Max(best, fall);
        }

        start.Restore();
        pass.Run();
        start.Restore();
        return best >= Least ? []
            : [new SanityFinding("fall of the loss over what the gradient says", best, "about 1 for a small step", false,
                "a small step against the gradient does not lower the loss: the gradient is wrong. GradientCheck.Network says where")];
    }
}
