using System.Numerics;
using NeuralNet.Core;

namespace NeuralNet.Training.Optimizers;

/// <summary>Keeps gradients from being too large: between the backward pass and the step.</summary>
/// <remarks>
/// <para>Parameters that no backward pass has reached stay so, and gradients by rows stay rows and cost what those do. Nothing is allocated in steady state; the same bits at
/// any number of threads.</para>
/// <para><b>Source.</b> Pascanu, Mikolov and Bengio (2013), algorithm 1. <b>Threads.</b> One at a time for a parameter.</para>
/// </remarks>
public static class GradientClipping
{
    /// <summary>Brings every number of the gradients within ±limit, each by itself, so that their direction changes.</summary>
    /// <remarks>Infinite numbers become ±limit. NaN stays NaN, as there is no bound nearer to it: <see cref="Divergence"/> finds it.</remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameters">The parameters, such as <c>network.Parameters</c>.</param>
    /// <param name="limit">A finite number, 0 or more.</param>
    /// <exception cref="ArgumentException">A parameter is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of its range.</exception>
    public static void ByValue<T>(IReadOnlyList<NamedParameter<T>> parameters, T limit) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Require.NotNegative(limit);
        Require.NoneIsNull(parameters, nameof(parameters));
        for (int i = 0; i < parameters.Count; i++)
        {
            parameters[i].Parameter.ClampGradient(limit);
        }
    }

    /// <summary>Where the norm of all gradients together, as one vector, is above a limit, multiplies them by <c>limit / norm</c>: it gets the limit's length and keeps its direction.</summary>
    /// <remarks>PyTorch multiplies by <c>limit / (norm + 10⁻⁶)</c>, and makes all gradients NaN where the norm is NaN. Right also where squares of gradients would be too large for T.</remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameters">The parameters, such as <c>network.Parameters</c>, each once.</param>
    /// <param name="maxNorm">The limit, a finite number above 0.</param>
    /// <returns>The norm before.</returns>
    /// <exception cref="ArgumentException">A parameter is null or listed twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of its range.</exception>
    /// <exception cref="NotFiniteNumberException">A gradient is not finite: the message names the parameter. Or the norm is too large for T. The gradients stay as they are.</exception>
    public static T ByGlobalNorm<T>(IReadOnlyList<NamedParameter<T>> parameters, T maxNorm) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Require.Positive(maxNorm);
        Require.NoneIsNull(parameters, nameof(parameters));
        Norms<T>.ThrowIfTwice(parameters);
        double norm = 0;
        for (int i = 0; i < parameters.Count; i++)
        {
            double one = parameters[i].Parameter.GradientNorm();
            if (!double.IsFinite(one))
            {
                throw new NotFiniteNumberException($"The gradient of '{parameters[i].Name}' is not finite, its norm is {one}: there is nothing to scale it to.", one);
            }

            norm = double.Hypot(norm, one);
        }

        T whole = T.CreateTruncating(norm);
        if (!T.IsFinite(whole))
        {
            throw new NotFiniteNumberException($"The norm of the gradients, {norm}, is too large for {typeof(T).Name}.", norm);
        }

        if (whole > maxNorm)
        {
            T factor = T.CreateTruncating(double.CreateTruncating(maxNorm) / norm);
            for (int i = 0; i < parameters.Count; i++)
            {
                parameters[i].Parameter.ScaleGradient(factor);
            }
        }

        return whole;
    }

    private static class Norms<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        [ThreadStatic]
        private static HashSet<Parameter<T>>? _seen;

        // One that is counted and scaled twice would be a wrong answer in silence.
        public static void ThrowIfTwice(IReadOnlyList<NamedParameter<T>> parameters)
        {
            HashSet<Parameter<T>> seen = _seen ??= [];
            try
            {
                for (int i = 0; i < parameters.Count; i++)
                {
                    if (!seen.Add(parameters[i].Parameter))
                    {
                        throw new ArgumentException($"The parameter '{parameters[i].Name}' is listed twice, so its gradient would count twice.", nameof(parameters));
                    }
                }
            }
            finally
            {
                seen.Clear();
            }
        }
    }
}
