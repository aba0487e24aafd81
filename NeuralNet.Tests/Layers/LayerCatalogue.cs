using System.Numerics;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Shapes;
using NeuralNet.Examples.OwnLayer;
using NeuralNet.Layers;
using NeuralNet.Tests.Core.Gates;

namespace NeuralNet.Tests.Layers;

/// <summary>Every layer that is not in the core, and a few networks, in the settings that matter. A new layer is tested by adding a line here;
/// see <see cref="GateEntry{T}"/> for what an entry can say.</summary>
internal static class LayerCatalogue
{
    private const int Inputs = 7;

    /// <summary>The entries, the same each time: layers made from the same seeds, in either precision.</summary>
    public static IEnumerable<GateEntry<T>> All<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        yield return new("linear", new Linear<T>(Inputs, 5, new Random(1)));
        yield return new("linear without bias", new Linear<T>(Inputs, 5, new Random(1), bias: false));
        yield return new("linear with one output", new Linear<T>(Inputs, 1, new Random(1), new Normal(1)));
        yield return new("layer of one's own", new Affine<T>(Inputs, 5, new Random(1)));
        yield return new("maxout of two pieces", new Sequential<T>(new Linear<T>(Inputs, 6, new Random(1)), new Maxout<T>()));
        yield return new("flatten", new Flatten<T>());
        yield return new("reshape", new Reshape<T>(SampleShape.Image(7, 1, 1)));
        yield return new("flatten of an image", new Flatten<T>()) { Sample = SampleShape.Image(2, 3, 2) };
        yield return new("feature scaling", new FeatureScaling<T>(
            Matrix<T>.Build.Dense(1, Inputs, (_, j) => T.CreateChecked(j - 3) / T.CreateChecked(2)),
            Matrix<T>.Build.Dense(1, Inputs, (_, j) => T.CreateChecked(j + 1) / T.CreateChecked(4))));
        yield return new("scaled at random in training", new TrainingScaleLayer<T>()) { Sample = 3, IsSameInEvaluation = false };
        yield return new("two-layer network", new Sequential<T>(
            new Linear<T>(Inputs, 6, new Random(1)), new Sigmoid<T>(), new Linear<T>(6, 3, new Random(2))));
        yield return new("three-layer network", new Sequential<T>(
            new Linear<T>(Inputs, 6, new Random(1), new HeNormal()), new ReLU<T>(),
            new Linear<T>(6, 5, new Random(2), new HeUniform()), new ReLU<T>(),
            new Linear<T>(5, 3, new Random(3))));
        yield return new("nested network", new Sequential<T>(
            new Sequential<T>(new Linear<T>(Inputs, 6, new Random(1)), new Sigmoid<T>()),
            new Sequential<T>(new Linear<T>(6, 4, new Random(2)), new Sigmoid<T>())));
        yield return new("network that starts with an activation", new Sequential<T>(
            new Sigmoid<T>(), new Linear<T>(Inputs, 4, new Random(1))));
        var twice = new Linear<T>(Inputs, Inputs, new Random(1));
        var sigmoid = new Sigmoid<T>();
        yield return new("network with a layer that stands twice", new Sequential<T>(twice, sigmoid, twice, sigmoid));
    }
}
