using System.Globalization;
using System.Text.RegularExpressions;
using MathNet.Numerics;

namespace NeuralNet.Tests.Support;

/// <summary>
/// Computes what a formula in LaTeX says: sums, products, powers, fractions, indicators and the usual functions of numbers; and products, transposes and sums
/// of matrices, where <c>\mathbf{1}</c> is a vector of ones as long as it must be. A number is a matrix of 1×1.
/// </summary>
/// <remarks>Recursive descent: a sum of products of powers. Two factors side by side are a product; of matrices the matrix product, <c>\odot</c> the one entry
/// by entry.</remarks>
internal sealed partial class LatexFormula
{
    private static readonly Matrix<double> s_ones = Number(double.NaN), s_rowOfOnes = Number(double.NaN);

    private readonly string[] _tokens;
    private readonly IReadOnlyDictionary<string, Matrix<double>> _names;
    private readonly (int Rows, int Columns) _shape;
    private int _next;

    private LatexFormula(string latex, IReadOnlyDictionary<string, Matrix<double>> names, (int Rows, int Columns) shape)
    {
        _tokens = [.. Token().Matches(latex.Replace(@"\,", " ", StringComparison.Ordinal)).Select(match => match.Value)];
        (_names, _shape) = (names, shape);
    }

    private string Next => _next < _tokens.Length ? _tokens[_next] : "";

    /// <summary>The value of a formula.</summary>
    /// <param name="latex">The formula.</param>
    /// <param name="names">What its names stand for.</param>
    /// <param name="shape">The shape of the result: how long vectors of ones are where their factor leaves it open.</param>
    public static Matrix<double> Evaluate(string latex, IReadOnlyDictionary<string, Matrix<double>> names, (int Rows, int Columns) shape)
    {
        var formula = new LatexFormula(latex, names, shape);
        Matrix<double> value = formula.Sum();
        return formula.Next.Length == 0 ? value : throw new FormatException($"'{formula.Next}' was not expected in {latex}");
    }

    /// <summary>A matrix of 1×1.</summary>
    public static Matrix<double> Number(double value) => Matrix<double>.Build.Dense(1, 1, value);

    private Matrix<double> Sum()
    {
        Matrix<double> sum = Product();
        while (Next is "+" or "-")
        {
            double sign = Take() == "+" ? 1 : -1;
            sum = PairByPair(sum, Product(), (a, b) => a + (sign * b));
        }

        return sum;
    }

    private Matrix<double> Product()
    {
        if (Next == "-")
        {
            Take();
            return Product().Map(value => -value);
        }

        Matrix<double> product = Power();
        while (Next is not ("" or "+" or "-" or ")" or "}" or "]" or "," or "|" or ">" or "<" or "=" or @"\le" or @"\rVert"))
        {
            bool isEntryByEntry = Next == @"\odot";
            if (Next is @"\odot" or @"\cdot")
            {
                Take();
            }

            Matrix<double> factor = Power();
            product = isEntryByEntry ? product.PointwiseMultiply(factor) : Times(product, factor);
        }

        return product;
    }

    private Matrix<double> Power()
    {
        bool isBaseOfLogarithms = Next == "e";
        Matrix<double> value = Atom();
        while (Next == "^")
        {
            Take();
            if (Next == @"\top")
            {
                Take();
                value = ReferenceEquals(value, s_ones) ? s_rowOfOnes : value.Transpose();
                continue;
            }

            Matrix<double> exponent = Next == "{" ? InBrackets("{", "}") : Atom();
            value = isBaseOfLogarithms ? exponent.Map(Math.Exp) : value.Map(number => Math.Pow(number, exponent[0, 0]));
        }

        return value;
    }

    private Matrix<double> Atom()
    {
        string token = Take();
        switch (token)
        {
            case "(":
                _next--;
                return InBrackets("(", ")");
            case "|":
                _next--;
                return InBrackets("|", "|").Map(Math.Abs);
            case "e":
                return Number(Math.E);
            case @"\pi":
                return Number(Math.PI);
            case @"\frac":
                Matrix<double> numerator = InBrackets("{", "}"), denominator = InBrackets("{", "}");
                return PairByPair(numerator, denominator, (a, b) => a / b);
            case @"\sqrt":
                return InBrackets("{", "}").Map(Math.Sqrt);
            case @"\mathbf":
                InBrackets("{", "}");
                return Next == "[" ? Indicator() : s_ones;
            case @"\max" or @"\min":
                return Extreme(token == @"\max" ? Math.Max : Math.Min);
            case @"\operatorname":
                return Function(string.Concat(TakeUntilClosed()))(Power());
            default:
                return token.StartsWith('\\') ? Power().Map(Of(token))
                    : _names.TryGetValue(token, out Matrix<double>? named) ? named
                    : Number(double.Parse(token, NumberStyles.Float, CultureInfo.InvariantCulture));
        }
    }

    private static Func<double, double> Of(string function) => function switch
    {
        @"\ln" => Math.Log,
        @"\tanh" => Math.Tanh,
        @"\sigma" => x => 1 / (1 + Math.Exp(-x)),
        @"\Phi" => x => SpecialFunctions.Erfc(-x / Math.Sqrt(2)) / 2,
        @"\varphi" => x => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI),
        _ => throw new FormatException($"The function {function} is not known."),
    };

    private static Func<Matrix<double>, Matrix<double>> Function(string name) => name switch
    {
        "sign" => x => x.Map(number => (double)Math.Sign(number)),
        _ => throw new FormatException($"The function {name} is not known."),
    };

    private Matrix<double> Extreme(Func<double, double, double> choose)
    {
        Expect("(");
        Matrix<double> value = Sum();
        while (Next == ",")
        {
            Take();
            value = PairByPair(value, Sum(), choose);
        }

        Expect(")");
        return value;
    }

    private Matrix<double> Indicator()
    {
        Expect("[");
        double left = Sum()[0, 0];
        string relation = Take();
        double right = Sum()[0, 0];
        Expect("]");
        bool holds = relation switch
        {
            ">" => left > right,
            "<" => left < right,
            "=" => left == right,
            @"\le" => left <= right,
            _ => throw new FormatException($"The relation {relation} is not known."),
        };
        return Number(holds ? 1 : 0);
    }

    private Matrix<double> Times(Matrix<double> left, Matrix<double> right)
    {
        if (ReferenceEquals(left, s_rowOfOnes))
        {
            return Matrix<double>.Build.Dense(1, right.RowCount, 1) * right;
        }

        if (ReferenceEquals(right, s_ones))
        {
            return IsNumber(left)
                ? Matrix<double>.Build.Dense(_shape.Rows, _shape.Columns, left[0, 0])
                : left * Matrix<double>.Build.Dense(left.ColumnCount, 1, 1);
        }

        if (ReferenceEquals(right, s_rowOfOnes))
        {
            return left * Matrix<double>.Build.Dense(1, _shape.Columns, 1);
        }

        return IsNumber(left) ? left[0, 0] * right : IsNumber(right) ? left * right[0, 0] : left * right;
    }

    private static Matrix<double> PairByPair(Matrix<double> left, Matrix<double> right, Func<double, double, double> combine) =>
        IsNumber(left) ? right.Map(b => combine(left[0, 0], b)) : IsNumber(right) ? left.Map(a => combine(a, right[0, 0])) : left.Map2(combine, right);

    private static bool IsNumber(Matrix<double> matrix) => matrix is { RowCount: 1, ColumnCount: 1 };

    private Matrix<double> InBrackets(string open, string close)
    {
        Expect(open);
        Matrix<double> value = Sum();
        Expect(close);
        return value;
    }

    private IEnumerable<string> TakeUntilClosed()
    {
        Expect("{");
        while (Next != "}")
        {
            yield return Take();
        }

        Expect("}");
    }

    private string Take() => _next < _tokens.Length ? _tokens[_next++] : throw new FormatException("The formula ends too early.");

    private void Expect(string token)
    {
        string found = Take();
        if (found != token)
        {
            throw new FormatException($"'{token}' was expected, found '{found}' in {string.Concat(_tokens)}");
        }
    }

    // Commands, numbers, single letters and signs; \, is a space.
    [GeneratedRegex(@"\\[A-Za-z]+|\d+(\.\d+)?|[A-Za-z]|[^\s\\A-Za-z0-9]")]
    private static partial Regex Token();
}
