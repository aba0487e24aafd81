using FsCheck;
using FsCheck.Fluent;
using NeuralNet.Core.Graphs.Drawings;

namespace NeuralNet.Tests.Core.Graphs.Drawings;

internal sealed class LayeredLayoutTests
{
    [Test]
    public void Layout_RandomGraph_KeepsColumnsAndGaps() => Prop.ForAll(Graphs, inputs =>
    {
        LayoutBox[] boxes = [.. inputs.Select((_, i) => new LayoutBox { Width = 20 + i, Above = 5 + i % 7, Below = 9 - i % 5 })];

        var layout = new LayeredLayout(boxes, inputs, columnGap: 30, rowGap: 4);

        for (int i = 0; i < inputs.Length; i++)
        {
            boxes[i].From.Count.ShouldBe(inputs[i].Length);
            boxes[i].From.ShouldAllBe(from => from.Column == boxes[i].Column - 1 && from.ColumnEnd + 30 <= boxes[i].X);
        }

        foreach (IReadOnlyList<LayoutBox> column in layout.Columns)
        {
            for (int i = 1; i < column.Count; i++)
            {
                (column[i].Y - column[i].Above).ShouldBeGreaterThanOrEqualTo(column[i - 1].Y + column[i - 1].Below + 4 - 1e-6);
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(11, 3));

    [Test]
    public void Layout_Tree_HasItsInputsInOrderAndItsGateBetweenThem()
    {
        LayoutBox[] boxes = [.. Enumerable.Range(0, 3).Select(_ => new LayoutBox { Width = 10, Above = 5, Below = 5 })];

        _ = new LayeredLayout(boxes, [[], [], [0, 1]], columnGap: 10, rowGap: 2);

        boxes[0].Y.ShouldBeLessThan(boxes[1].Y);
        boxes[2].Y.ShouldBe((boxes[0].Y + boxes[1].Y) / 2, 1e-9);
        boxes[2].X.ShouldBe(20);
    }

    private static Arbitrary<int[][]> Graphs { get; } = Arb.From(
        from count in Gen.Choose(1, 60)
        from numbers in Gen.Choose(0, 1 << 20).ArrayOf(3 * count)
        select Enumerable.Range(0, count)
            .Select(i => Enumerable.Range(0, i == 0 ? 0 : numbers[3 * i] % 3).Select(k => numbers[3 * i + 1 + k] % i).ToArray()).ToArray());
}
