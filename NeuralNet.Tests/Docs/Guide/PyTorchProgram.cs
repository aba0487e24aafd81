#region pytorch
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Layers.Saving;

#endregion
using NeuralNet.Core.Files;

namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The program of docs/guide/pytorch.md.</summary>
internal sealed class PyTorchProgram
{
    [Test]
    public void Program_WeightsOfPyTorch_ComputeWhatTheyComputeThere()
    {
        using var folder = new GuideFolder();
        string[] args = [Path.Combine(folder.Path, "from-pytorch.safetensors"), Path.Combine(folder.Path, "to-pytorch.safetensors")];
        // As PyTorch writes them: [out, in], a row for each output. The hidden ones are x₁ + x₂ and −x₃, the outputs these again, the first with 10 more.
        var file = new SafeTensorsWriter();
        file.Add<float>("0.weight", [2, 3], new float[] { 1, 1, 0, 0, 0, -1 });
        file.Add<float>("0.bias", [2], new float[] { 0, 0 });
        file.Add<float>("2.weight", [2, 2], new float[] { 1, 0, 0, 1 });
        file.Add<float>("2.bias", [2], new float[] { 10, 0 });
        file.Write(args[0]);
        #region pytorch
        // In PyTorch: nn.Sequential(nn.Linear(3, 2), nn.ReLU(), nn.Linear(2, 2)), whose state_dict() is in args[0].
        var random = new Random(1);
        var net = new Sequential<float>(new Linear<float>(3, 2, random), new ReLU<float>(), new Linear<float>(2, 2, random));
        net.Load(args[0]);
        Console.WriteLine(net.Forward(Matrices.FromRows<float>([1, 2, -3])));

        net.Save(args[1]);                                                        // and back: load_state_dict takes it as it is
        #endregion

        net.Forward(Matrices.FromRows<float>([1, 2, -3])).ShouldBe(Matrices.FromRows<float>([13, 3]));
        using var saved = SafeTensorsFile.Open(args[1]);
        saved.Tensors.Select(tensor => tensor.ToString()).ShouldBe(["0.bias: Float32 [2]", "0.weight: Float32 [2, 3]", "2.bias: Float32 [2]", "2.weight: Float32 [2, 2]"]);
    }
}
