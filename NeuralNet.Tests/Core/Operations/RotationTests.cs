using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Operations;

/// <summary>Turned pairs of columns against their formula, entry by entry.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
internal sealed class RotationTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Context = 40;

    // Panels, steps, width and first step: one pair and many, fewer steps than a vector and more, and as many as there are angles.
    [TestCase(1, 1, 2, 0)]
    [TestCase(2, 5, 6, 1)]
    [TestCase(3, 17, 4, 23)]
    [TestCase(4, 40, 10, 0)]
    [TestCase(1, 33, 64, 7)]
    public void Rotate_AnyPanels_TurnsEachPairByItsAngle(int count, int steps, int width, int first)
    {
        T[] panels = Some.Matrix<T>(count * steps, width).AsSpan().ToArray(), angles = Some.Matrix<T>(Context, width / 2, 2).AsSpan().ToArray();
        T[] cosines = Array.ConvertAll(angles, T.Cos), sines = Array.ConvertAll(angles, T.Sin), turned = [.. panels];

        AttentionOperations.Rotate<T>(turned, count, width, cosines, sines, first, isBack: false);

        for (int panel = 0; panel < count; panel++)
        {
            for (int t = 0; t < steps; t++)
            {
                for (int pair = 0; pair < width / 2; pair++)
                {
                    int even = (((panel * width) + (2 * pair)) * steps) + t, odd = even + steps, angle = (pair * Context) + first + t;
                    ShouldBeNear(turned[even], (panels[even] * cosines[angle]) - (panels[odd] * sines[angle]));
                    ShouldBeNear(turned[odd], (panels[even] * sines[angle]) + (panels[odd] * cosines[angle]));
                }
            }
        }

        AttentionOperations.Rotate<T>(turned, count, width, cosines, sines, first, isBack: true);
        for (int i = 0; i < panels.Length; i++)
        {
            ShouldBeNear(turned[i], panels[i]);
        }
    }

    private static void ShouldBeNear(T number, T expected) => double.CreateChecked(number).ShouldBe(double.CreateChecked(expected), typeof(T) == typeof(float) ? 1e-5 : 1e-13);
}
