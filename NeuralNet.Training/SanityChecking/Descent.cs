using System.Numerics;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Training.SanityChecking;

/// <summary>Steps of gradient descent from the present values, which are there again at the end.</summary>
/// <param name="Lowest">The lowest loss on the way.</param>
/// <param name="Highest">The highest; infinite where it was not finite.</param>
/// <param name="Steps">How many steps were taken.</param>
internal readonly record struct Descent(double Lowest, double Highest, int Steps)
{
    /// <summary>Goes down until a loss is reached.</summary>
    /// <param name="pass">The training pass.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="momentum">The momentum.</param>
    /// <param name="steps">The most steps.</param>
    /// <param name="goal">The loss.</param>
    public static Descent Run<T, TTarget>(TrainingPass<T, TTarget> pass, double rate, double momentum, int steps, double goal) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var start = new StartValues<T>(pass.Network);
        var optimizer = new SGD<T>(pass.Network.Parameters, T.CreateTruncating(rate), T.CreateTruncating(momentum));
        double lowest = double.PositiveInfinity, highest = double.NegativeInfinity;
        int step = 0;
        try
        {
            for (; step < steps && lowest > goal; step++)
            {
                double loss = pass.Run();
                if (!double.IsFinite(loss))
                {
                    highest = double.PositiveInfinity;
                    break;
                }

                (lowest, highest) = (Math.Min(lowest, loss), Math.Max(highest, loss));
                optimizer.Step();
            }
        }
        finally
        {
            start.Restore();
        }

        return new Descent(lowest, highest, step);
    }
}
