using NeuralNet.Core.Jacobians;
using NeuralNet.Core.Text;

namespace NeuralNet.Tests.Core.Text;

/// <summary>Numbers, formulas and tables as drawings and reports print them.</summary>
internal sealed class TextTests
{
    [TestCase(0.0, "0")]
    [TestCase(0.01, "0.01")]
    [TestCase(0.0099999, "0.01")]
    [TestCase(0.00987654, "0.009877")]
    [TestCase(-0.19661, "−0.1966")]
    [TestCase(1.36788, "1.3679")]
    [TestCase(9.99994, "9.9999")]
    [TestCase(10.00004, "10")]
    [TestCase(253.72, "253.7")]
    [TestCase(-1.5e-8, "−1.5e−08")]
    [TestCase(2.5e20, "2.5e+20")]
    public void NumberText_AnySize_HasFourPlaces(double value, string expected) => NumberText.Of(value).ShouldBe(expected);

    [TestCase(2.0, "2")]
    [TestCase(0.01, "0.01")]
    [TestCase(1.5e-8, @"1.5 \cdot 10^{-8}")]
    [TestCase(-2e20, @"-2 \cdot 10^{20}")]
    [TestCase(1.0 / 3, "0.333333")]
    [TestCase(double.NaN, @"\text{NaN}")]
    [TestCase(double.PositiveInfinity, @"\infty")]
    [TestCase(double.NegativeInfinity, @"-\infty")]
    public void LatexNumber_AnyValue_IsAsShortAsItCanBeTold(double value, string expected) => Latex.Number(value).ShouldBe(expected);

    [Test]
    public void LatexTerm_EitherSign_HasItsSign()
    {
        Latex.Term(0.5).ShouldBe("+ 0.5");
        Latex.Term(-0.5).ShouldBe("- 0.5");
    }

    [TestCase("a_b", @"\text{a\_b}")]
    [TestCase(@"#%&${}", @"\text{\#\%\&\$\{\}}")]
    [TestCase(@"\^~", @"\text{\textbackslash{}\^{}\~{}}")]
    [TestCase("2×3→4", @"\text{2}\times\text{3}\to\text{4}")]
    public void LatexText_Commands_AreWrittenOut(string text, string expected) => Latex.Text(text).ShouldBe(expected);

    [Test]
    public void TextTable_Rows_StandUnderTheirHeadings()
    {
        var table = new TextTable("name", "n");
        table.Add("x", "100");
        table.Add("longer", "2");

        table.ToString().ShouldBe("  name    n\n  x       100\n  longer  2\n");
        Should.Throw<ArgumentException>(() => table.Add("x")).Message.ShouldStartWith("A row needs a cell for each of the 2 headings, got 1.");
        Should.Throw<ArgumentNullException>(() => table.Add(null!)).ParamName.ShouldBe("cells");
        Should.Throw<ArgumentNullException>(() => new TextTable(null!)).ParamName.ShouldBe("headings");
    }

    [TestCase(1, 1, 4, "1 × 1 = 1 entries, 4 B in float")]
    [TestCase(2, 1, 8, "2 × 1 = 2 entries (2^1), 16 B in double")]
    [TestCase(1000, 3, 8, "1,000 × 3 = 3,000 entries, 23.4 KiB in double")]
    [TestCase(1 << 20, 1, 4, "1,048,576 × 1 = 1,048,576 entries (2^20), 4 MiB in float")]
    [TestCase(1 << 18, 1 << 18, 4, "262,144 × 262,144 = 68,719,476,736 entries (2^36), 256 GiB in float")]
    [TestCase(1L << 40, 1, 4, "1,099,511,627,776 × 1 = 1,099,511,627,776 entries (2^40), 4 TiB in float")]
    [TestCase(1L << 50, 1, 4, "1,125,899,906,842,624 × 1 = 1,125,899,906,842,624 entries (2^50), 4 PiB in float")]
    [TestCase(1L << 60, 3, 1024, "1,152,921,504,606,846,976 × 3 = 3,458,764,513,820,540,928 entries, 3072 EiB in double")]
    public void JacobianSize_AnySize_IsInTheLargestUnit(long outputs, long inputs, int bytes, string expected) => new JacobianSize(outputs, inputs, bytes).ToString().ShouldBe(expected);
}
