using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Functions;

namespace NeuralNet.Tests.Core.Gates;

/// <summary>Softplus, SiLU and GELU against their values and slopes to 17 digits. From mpmath with 40 digits (NeuralNet.Tests/Reference/activations.py):
/// ln(1 + e^x), x/(1 + e^−x), x·ncdf(x), ½x(1 + tanh(√(2/π)(x + 0.044715x³))), and its numerical derivatives of these.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
internal sealed class ActivationValueTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [TestCase("Softplus", -6.0, 0.0024756851377304495, 0.0024726231566347743)]
    [TestCase("Softplus", -2.5, 0.078889734292549623, 0.075858180021243551)]
    [TestCase("Softplus", -0.75, 0.38687100611489994, 0.32082130082460703)]
    [TestCase("Softplus", 0.0, 0.69314718055994531, 0.5)]
    [TestCase("Softplus", 0.5, 0.97407698418010668, 0.62245933120185456)]
    [TestCase("Softplus", 1.0, 1.3132616875182228, 0.73105857863000488)]
    [TestCase("Softplus", 3.0, 3.0485873515737421, 0.95257412682243322)]
    [TestCase("Softplus", 8.0, 8.0003354063728958, 0.99966464986953352)]
    [TestCase("SiLU", -6.0, -0.014835738939808646, -0.012326432591525513)]
    [TestCase("SiLU", -2.5, -0.18964545005310888, -0.099401111341526841)]
    [TestCase("SiLU", -0.75, -0.24061597561845527, 0.1574000555032465)]
    [TestCase("SiLU", 0.0, 0.0, 0.5)]
    [TestCase("SiLU", 0.5, 0.31122966560092728, 0.73996118730265181)]
    [TestCase("SiLU", 1.0, 0.73105857863000488, 0.92767051187148673)]
    [TestCase("SiLU", 3.0, 2.8577223804672997, 1.0881041060151696)]
    [TestCase("SiLU", 8.0, 7.9973171989562682, 1.0023465512355853)]
    [TestCase("GELU", -6.0, -5.9195258702261888e-9, -3.5468709453902015e-8)]
    [TestCase("GELU", -2.5, -0.015524163314440338, -0.037611085908145208)]
    [TestCase("GELU", -0.75, -0.16997051428265115, 0.00077427826076489563)]
    [TestCase("GELU", 0.0, 0.0, 0.5)]
    [TestCase("GELU", 0.5, 0.34573123063700655, 0.86749512465616284)]
    [TestCase("GELU", 1.0, 0.84134474606854295, 1.0833154705876863)]
    [TestCase("GELU", 3.0, 2.9959503059051097, 1.0119456472041839)]
    [TestCase("GELU", 8.0, 7.999999999999995, 1.0000000000000398)]
    [TestCase("GELU(tanh)", -6.0, -8.4396467007622971e-11, -7.7099739309536955e-10)]
    [TestCase("GELU(tanh)", -2.5, -0.015084266089998582, -0.037951576212666183)]
    [TestCase("GELU(tanh)", -0.75, -0.1700394448343797, 0.0010617438625857023)]
    [TestCase("GELU(tanh)", 0.0, 0.0, 0.5)]
    [TestCase("GELU(tanh)", 0.5, 0.34571400982514392, 0.86736990353464231)]
    [TestCase("GELU(tanh)", 1.0, 0.8411919906082767, 1.0829640838457826)]
    [TestCase("GELU(tanh)", 3.0, 2.996362607918227, 1.0115841666309697)]
    [TestCase("GELU(tanh)", 8.0, 8.0, 1.0)]
    public void ForwardAndBackward_AtAPoint_AreTheValueAndTheSlope(string name, double x, double value, double slope)
    {
        var function = (Function<T>)GateCatalogue.Get<T>(name).Gate;
        var cache = new Cache<T>();
        double y = double.CreateChecked(function.Forward(T.CreateChecked(x), cache));
        double dx = double.CreateChecked(function.Backward(T.One, cache));
        double digits = typeof(T) == typeof(float) ? 1e-6 : 2e-15;

        y.ShouldBe(value, Math.Max(double.Epsilon, digits * Math.Abs(value) * Math.Max(1, x * x / 2)));
        dx.ShouldBe(slope, digits * Math.Max(1, x * x / 2));
    }

    [Test]
    public void GELU_OfItsForms_SaysWhichItIs()
    {
        new GELU<T>().IsTanh.ShouldBeFalse();
        new GELU<T>().Description.Settings.Single().Value.ShouldBe(false);
        new GELU<T>(tanh: true).ToString().ShouldBe("GELU(tanh)");
    }
}
