using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.GradientChecking;

/// <summary>The passes of a function under examination: what they write that is not theirs is noted, and put back.</summary>
internal sealed class GuardedPasses(DifferentiableFunction<double> function, Action? beforeForward)
{
    private readonly Dictionary<(string Pass, string What), double[]> _effects = [];
    private bool _watches = true;

    /// <summary>What the passes changed, in words, in the order in which it was seen.</summary>
    public IEnumerable<string> Effects => _effects.Keys.Select(effect => $"{effect.Pass} changes {effect.What}")
        .Concat((function.Changed?.Invoke() ?? []).Select(what => $"a pass changes {what}"));

    /// <summary>What a variable held after a backward pass that changed it, or null.</summary>
    /// <param name="variable">The variable.</param>
    public double[]? ValuesAfterBackward(NamedMatrix<double> variable) => _effects.GetValueOrDefault(("Backward", variable.Name));

    /// <summary>From now on, forward passes are watched only if one of those so far changed something: the first ones have shown it.</summary>
    public void TrustForward() => _watches = _effects.Keys.Any(effect => effect.Pass == "Forward");

    /// <summary>The output where the variables stand, which they do afterwards too.</summary>
    public Matrix<double> Forward() => Forward(function.Forward);

    /// <summary>As <see cref="Forward()"/>, another way.</summary>
    /// <param name="forward">The pass.</param>
    public Matrix<double> Forward(Func<Matrix<double>> forward)
    {
        beforeForward?.Invoke();
        if (!_watches)
        {
            return forward();
        }

        double[][] before = Values();

        // A copy, since a pass that writes into its input may give that as its output.
        Matrix<double> output = forward().Clone();
        Note("Forward", before);
        Set(before);
        return output;
    }

    /// <summary>Copies of the gradients after a forward pass.</summary>
    /// <param name="upstream">Upstream.</param>
    /// <param name="backward">The backward pass.</param>
    public Matrix<double>?[] Gradients(Matrix<double> upstream, Func<Matrix<double>, IReadOnlyList<Matrix<double>?>> backward)
    {
        double[][] before = Values();
        beforeForward?.Invoke();
        function.Forward();
        Note("Forward", before);
        double[][] between = Values();
        Matrix<double> given = upstream.Clone();
        Matrix<double>?[] gradients = [.. backward(given).Select(gradient => gradient?.Clone())];
        Note("Backward", between);
        if (!given.AsSpan().SequenceEqual(upstream.AsSpan()))
        {
            _effects.TryAdd(("Backward", "upstream"), []);
        }

        Set(before);
        return gradients;
    }

    private void Note(string pass, double[][] before)
    {
        double[][] after = Values();
        for (int i = 0, k = 0; i < function.Variables.Count; i++)
        {
            for (int use = 0; use < function.Variables[i].Uses.Count; use++, k++)
            {
                if (!after[k].AsSpan().SequenceEqual(before[k]))
                {
                    // The last one counts: the first was at another point.
                    _effects[(pass, function.Variables[i].Name)] = after[k];
                }
            }
        }
    }

    private double[][] Values() => [.. function.Variables.SelectMany(v => v.Uses).Select(use => use.AsSpan().ToArray())];

    private void Set(double[][] values)
    {
        int k = 0;
        foreach (Matrix<double> use in function.Variables.SelectMany(v => v.Uses))
        {
            values[k++].CopyTo(use.AsSpan());
        }
    }
}
