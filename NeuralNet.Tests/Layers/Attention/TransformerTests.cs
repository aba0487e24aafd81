using NeuralNet.Core;
using NeuralNet.Core.Randomness;
using NeuralNet.Layers;
using NeuralNet.Layers.Attention;

namespace NeuralNet.Tests.Layers.Attention;

/// <summary>What blocks and decoders are made of, and how they describe themselves; what they compute is in <see cref="PyTorchLayerTests"/>.</summary>
internal sealed class TransformerTests
{
    [TestCase(0, false, "tokens positions block0 block1 norm head")]
    [TestCase(0.5, false, "tokens positions dropout block0 block1 norm head")]
    [TestCase(0, true, "tokens block0 block1 norm head")]
    public void Decoder_Settings_AreItsParts(double dropout, bool rotary, string parts)
    {
        Sequential<float> network = Transformer.Decoder<float>(7, 5, 4, 2, 2, new Philox(1), hidden: 9, dropout: dropout, rotary: rotary, tanh: true);

        string.Join(' ', network.Children.Select(child => child.Name)).ShouldBe(parts);
        var block = (TransformerBlock<float>)network.Layers.Single(layer => layer is TransformerBlock<float> && ReferenceEquals(layer, network.Layers[^3]));
        (block.Context, block.Hidden, block.IsCausal, block.IsNormFirst).ShouldBe((5, 9, true, true));
        block.Attention.IsRotary.ShouldBe(rotary);
        block.Children.Any(child => child.Gate is Dropout<float>).ShouldBe(dropout != 0);
        network.Parameters[^2].Parameter.Value.Shape().ToString().ShouldBe("[4×7]");
    }

    [Test]
    public void Decoder_Blocks_DrawOfTheirOwn()
    {
        Sequential<float> network = Transformer.Decoder<float>(7, 5, 4, 2, 2, new Philox(1));
        Parameter<float> Weight(int block) => network.Parameters.Single(named => named.Name == $"block{block}.linear1.weight").Parameter;

        Weight(0).Value.ShouldNotBe(Weight(1).Value);
        Transformer.Decoder<float>(7, 5, 4, 2, 0, new Philox(1)).Layers.Count.ShouldBe(4);
        Should.Throw<ArgumentOutOfRangeException>(() => Transformer.Decoder<float>(7, 5, 4, 2, -1, new Philox(1))).ParamName.ShouldBe("blocks");
        Should.Throw<ArgumentNullException>(() => Transformer.Decoder<float>(7, 5, 4, 2, 1, null!)).ParamName.ShouldBe("random");
    }

    [Test]
    public void Block_Dropouts_DrawOfTheirOwn()
    {
        var block = new TransformerBlock<float>(4, 2, new Philox(1), dropout: 0.5);

        Dropout<float>[] dropouts = [.. block.Children.Select(child => child.Gate).OfType<Dropout<float>>()];
        dropouts.Length.ShouldBe(2);
        var ones = Matrix<float>.Build.Dense(4, 16, 1);
        dropouts[0].Forward(ones, new Cache<float>()).ShouldNotBe(dropouts[1].Forward(ones, new Cache<float>()));
        string.Join(' ', block.Children.Select(child => child.Name)).ShouldBe("self_attn linear1 activation linear2 norm1 norm2 dropout1 dropout2");
        block.Hidden.ShouldBe(16);
    }

    [Test]
    public void Name_AndDescription_HaveTheSettings()
    {
        var block = new TransformerBlock<float>(4, 2, new Philox(1), 6, causal: true, normFirst: false, dropout: 0.25, context: 8, rotary: true, tanh: true);

        block.Name.ShouldBe("TransformerBlock(4, 2 heads, causal, norm last)");
        new TransformerBlock<float>(4, 2, new Philox(1)).Name.ShouldBe("TransformerBlock(4, 2 heads)");
        block.Attention.Name.ShouldBe("MultiHeadAttention(4, 2 heads, causal, rotary)");
        new MultiHeadAttention<float>(4, 1, new Random(1)).Name.ShouldBe("MultiHeadAttention(4, 1 heads)");
        block.Description.Settings.Select(setting => $"{setting.Key} {setting.Value}").ShouldBe(
            ["width 4", "heads 2", "hidden 6", "causal True", "normFirst False", "dropout 0.25", "rotary True", "tanh True"]);
    }
}
