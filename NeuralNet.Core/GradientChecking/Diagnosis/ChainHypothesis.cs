using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>Mistakes inside a chain of layers: the derivative of a hidden layer, another layer's weights or activations, weights that are used twice.</summary>
internal sealed class ChainHypothesis : IHypothesis
{
    private static readonly double[] Rates = [1, 0.5, 0.3, 0.2, 0.1, 0.05, 0.03, 0.02, 0.01, 0.005, 0.003, 0.001, 1e-4];

    public GradientDiagnosis? Test(GradientEvidence evidence)
    {
        if (!evidence.HasShape || evidence.Chain is not { } chain)
        {
            return null;
        }

        return Candidates(chain, evidence)
            .Select(candidate => candidate.Gradients.By(evidence.Variable) is { } gradient ? evidence.Explain(gradient, candidate.Mistake, candidate.Words) : null)
            .FirstOrDefault(found => found is not null);
    }

    private static IEnumerable<(ChainGradients Gradients, GradientMistake Mistake, string Words)> Candidates(ChainModel chain, GradientEvidence evidence)
    {
        int count = chain.Layers.Length;
        for (int i = count - 1; i >= 0; i--)
        {
            int l = i;
            ChainLayer layer = chain.Layers[l];
            string place = l == count - 1 ? "the last layer" : $"hidden layer {l + 1}";
            yield return (
                new(chain) { Activate = (m, u) => m == l ? u : Right(chain, m, u) },
                GradientMistake.LayerDerivative,
                $"the derivative of the {layer.Activation.Name} of {place} is forgotten");
            foreach ((string words, Func<Matrix<double>, Matrix<double>, Matrix<double>, Matrix<double>> back) in layer.Activation.Mistakes())
            {
                yield return (
                    new(chain) { Activate = (m, u) => m == l ? back(u, layer.Sum, layer.Output) : Right(chain, m, u) },
                    layer.Activation == ChainActivation.Softmax ? GradientMistake.DiagonalOnly
                        : layer.Activation.Name == "ReLU" ? GradientMistake.WrongMask
                        : GradientMistake.WrongActivationDerivative,
                    $"in {place}: {words}");
            }

            for (int k = 0; k < count; k++)
            {
                ChainLayer other = chain.Layers[k];
                if (k != l && other.Sum.ColumnCount == layer.Sum.ColumnCount)
                {
                    yield return (
                        new(chain) { Activate = (m, u) => m == l ? layer.Activation.Back(u, other.Sum, other.Output) : Right(chain, m, u) },
                        GradientMistake.LayerDerivative,
                        $"the derivative of {place} is taken at the values of layer {k + 1}");
                    yield return (
                        new(chain) { Activate = (m, u) => m == l ? other.Activation.Back(u, layer.Sum, layer.Output) : Right(chain, m, u) },
                        GradientMistake.LayerDerivative,
                        $"the derivative of {place} is that of the {other.Activation.Name} of layer {k + 1}");
                }

                if (k != l)
                {
                    yield return (
                        new(chain) { Weights = m => m == l ? other.Weights : chain.Layers[m].Weights },
                        GradientMistake.WrongWeights,
                        $"the gradient goes back through layer {l + 1} by the weights of layer {k + 1} ({other.Weight.Name})");
                }
            }

            yield return (
                new(chain) { Weights = m => m == l ? layer.Weights.Transpose() : chain.Layers[m].Weights },
                GradientMistake.Transposed,
                $"{layer.Weight.Name} is not transposed on the way back through layer {l + 1}");
            yield return (
                new(chain) { Inputs = m => m == l ? layer.Output : chain.Layers[m].Input },
                GradientMistake.WrongInput,
                $"the gradient of {layer.Weight.Name} is computed with the layer's output instead of its input");
            if (l > 0)
            {
                yield return (
                    new(chain) { Inputs = m => m == l ? chain.Layers[l - 1].Sum : chain.Layers[m].Input },
                    GradientMistake.WrongInput,
                    $"the gradient of {layer.Weight.Name} is computed with the sums before the activation of layer {l} instead of its output");
            }

            if (chain.Layers.Count(other => other.Weight == layer.Weight) > 1)
            {
                yield return (
                    new(chain) { Counts = m => m == l || chain.Layers[m].Weight != layer.Weight },
                    GradientMistake.NotAccumulated,
                    $"{layer.Weight.Name} is used by several layers, and only its use by layer {l + 1} counts: the gradients of all uses add up");
            }
        }

        foreach ((string name, double rate) in evidence.NamedNumbers.Select(pair => (pair.Key, pair.Value)).Concat(Rates.Select(rate => (FormattableString.Invariant($"{rate}"), rate))))
        {
            var right = new ChainGradients(chain);
            yield return (
                new(chain) { Weights = m => chain.Layers[m].IsTransposed ? Updated(m).Transpose() : Updated(m) },
                GradientMistake.UpdatedBeforeUse,
                $"the weights are updated (by {name} times their gradients) before the gradients that need the old ones: first all gradients, then the step");

            Matrix<double> Updated(int m) => chain.Layers[m].Weight.Value - (rate * right.By(chain.Layers[m].Weight)!);
        }
    }

    private static Matrix<double> Right(ChainModel chain, int layer, Matrix<double> upstream) =>
        chain.Layers[layer].Activation.Back(upstream, chain.Layers[layer].Sum, chain.Layers[layer].Output);
}
