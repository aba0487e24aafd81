using NeuralNet.Core.Randomness;

namespace NeuralNet.Tests.Core.Randomness;

internal sealed class PhiloxStateTests
{
    [Test]
    public void State_SavedAsTextInTheMiddleOfABlock_GivesTheSameNumbers([Range(0, 9)] int draws)
    {
        var random = new Philox(77, stream: 5);
        for (int i = 0; i < draws; i++)
        {
            random.NextSingle();
        }

        string text = random.State.ToString();
        double[] expected = [.. Enumerable.Range(0, 20).Select(_ => random.NextDouble())];
        var restored = new Philox(0) { State = PhiloxState.Parse(text) };
        Enumerable.Range(0, 20).Select(_ => restored.NextDouble()).ShouldBe(expected);
        restored.State.ShouldBe(random.State);
    }

    [Test]
    public void ToString_AnyState_IsTheStableForm() =>
        new PhiloxState(0xABC, new UInt128(2, 0xF), 3).ToString()
            .ShouldBe("philox4x32-10:0000000000000abc:0000000000000002000000000000000f:3");

    [TestCase("")]
    [TestCase("abc")]
    [TestCase("philox4x32-7:0000000000000abc:0000000000000002000000000000000f:3")]
    [TestCase("philox4x32-10:abc:0000000000000002000000000000000f:3")]
    [TestCase("philox4x32-10:0000000000000abc:000000000000000200000000000000zz:3")]
    [TestCase("philox4x32-10:0000000000000abc:0000000000000002000000000000000f:4")]
    [TestCase("philox4x32-10:0000000000000abc:0000000000000002000000000000000f:3:1")]
    public void Parse_OtherText_IsRefusedWithIt(string text) =>
        Should.Throw<FormatException>(() => PhiloxState.Parse(text)).Message.ShouldContain($"got '{text}'");

    [Test]
    public void TryParse_NoText_IsFalse() => PhiloxState.TryParse(null, null, out _).ShouldBeFalse();

    [TestCase(-1)]
    [TestCase(4)]
    public void State_PositionOutOfRange_IsRefused(int position) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Philox(1).State = new PhiloxState(1, 0, position)).Message.ShouldContain("0 to 3");

    [Test]
    public void State_LastBlockOfAStream_GoesOnWithTheFirst()
    {
        var random = new Philox(0) { State = new PhiloxState(0, ulong.MaxValue, 3) };
        random.NextSingle();
        random.State.ShouldBe(new PhiloxState(0, 0, 0));
        random.NextSingle().ShouldBe(0x6627e8 / 16777216f); // the first known answer
    }
}
