using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>
/// Another point, at which a check makes a first pass forward and back, so that a gradient from a stale cache is not that of the
/// point itself.
/// </summary>
/// <remarks>Each number is multiplied by something between 0.6 and 0.95: signs stay, and mostly the domain of the function.</remarks>
internal sealed class PreviousPoint
{
    private readonly IReadOnlyList<NamedMatrix<double>> _variables;
    private readonly double[][] _values;

    public PreviousPoint(IReadOnlyList<NamedMatrix<double>> variables, Random random)
    {
        _variables = variables;
        _values = [.. variables.Select(v => v.Value.AsSpan().ToArray().Select(x => x * (0.6 + (0.35 * random.NextDouble()))).ToArray())];
    }

    /// <summary>Moves the variables there, and back on disposal.</summary>
    public IDisposable Visit()
    {
        var present = new Return(_variables, [.. _variables.Select(variable => variable.Value.AsSpan().ToArray())]);
        Set(_variables, _values);
        return present;
    }

    private static void Set(IReadOnlyList<NamedMatrix<double>> variables, double[][] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            for (int entry = 0; entry < values[i].Length; entry++)
            {
                variables[i][entry] = values[i][entry];
            }
        }
    }

    private sealed class Return(IReadOnlyList<NamedMatrix<double>> variables, double[][] values) : IDisposable
    {
        public void Dispose() => Set(variables, values);
    }
}
