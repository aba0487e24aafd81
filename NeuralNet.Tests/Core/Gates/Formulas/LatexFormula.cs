using System.Globalization;
using System.Text.RegularExpressions;
using MathNet.Numerics;

namespace NeuralNet.Tests.Core.Gates.Formulas;

/// <summary>Computes what a formula says that is written in LaTeX, in the notation that gates use.</summary>
/// <param name="latex">The formula.</param>
/// <param name="variables">What its letters stand for.</param>
/// <param name="variable">The matrix of whose shape the result is.</param>
/// <param name="isElementwise">Whether a product is that of entries, and not that of matrices.</param>
internal sealed partial class LatexFormula(string latex, IReadOnlyDictionary<string, Matrix<double>> variables, Matrix<double> variable, bool isElementwise)
{
    // Commands, numbers, names with an index, single signs. Spaces and \left, \right say nothing.
    [GeneratedRegex(@"\\(?:left|right|,)|\s+|(?<token>\\[a-zA-Z]+|\d+(?:\.\d+)?|[a-zA-Z](?:_\w)?|.)")]
    private static partial Regex Token();

    private static readonly Dictionary<string, Func<double, double>> Functions = new()
    {
        [@"\ln"] = Math.Log,
        [@"\tanh"] = Math.Tanh,
        [@"\sigma"] = x => 1 / (1 + Math.Exp(-x)),
        [@"\Phi"] = x => 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2)),
        [@"\varphi"] = x => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI),
        [@"\operatorname{sign}"] = x => Math.Sign(x),
    };

    private readonly string[] _tokens = [.. Token().Matches(latex).Select(match => match.Groups["token"].Value).Where(token => token != "")];
    private int _next;

    /// <summary>The value of the formula.</summary>
    /// <exception cref="FormatException">It is written in another notation.</exception>
    public Matrix<double> Compute()
    {
        _next = 0;
        LatexValue value = Sum();
        if (_next < _tokens.Length)
        {
            throw Unknown();
        }

        return value.IsNumber ? variable.Map(_ => value.Matrix![0, 0]) : value.Matrix!;
    }

    private LatexValue Sum()
    {
        LatexValue sum = IsTaken("-") ? LatexValue.Map((x, y) => x * y, -1, Product()) : Product();
        while (true)
        {
            if (IsTaken("+"))
            {
                sum = LatexValue.Map((x, y) => x + y, sum, Product());
            }
            else if (IsTaken("-"))
            {
                sum = LatexValue.Map((x, y) => x - y, sum, Product());
            }
            else
            {
                return sum;
            }
        }
    }

    private LatexValue Product()
    {
        LatexValue product = Power();
        while (_next < _tokens.Length && !")}],+-=<>|&".Contains(Next) && Next is not (@"\le" or @"\rVert"))
        {
            bool isEntries = IsTaken(@"\odot") || isElementwise;
            _ = IsTaken(@"\cdot");
            LatexValue factor = Power();
            product = isEntries ? LatexValue.Map((x, y) => x * y, product, factor) : LatexValue.Multiply(product, factor, variable);
        }

        return product;
    }

    private LatexValue Power()
    {
        LatexValue value = Atom();
        while (IsTaken("^"))
        {
            value = IsTaken(@"\top") ? value.Transpose() : LatexValue.Map(Math.Pow, value, Next == "{" ? Group("{", "}") : Atom());
        }

        return value;
    }

    private LatexValue Atom()
    {
        string token = Take();
        if (token == @"\operatorname")
        {
            token += Take() + string.Concat(TakeUntil("}")) + "}";
        }

        if (Functions.TryGetValue(token, out Func<double, double>? function))
        {
            return Power().Matrix!.Map(function, Zeros.Include);
        }

        if (variables.TryGetValue(token, out Matrix<double>? matrix))
        {
            return matrix;
        }

        return token switch
        {
            "(" => After(Sum(), ")"),
            "[" => After(Sum(), "]"),
            "|" => After(Sum(), "|").Matrix!.PointwiseAbs(),
            "e" => Math.E,
            @"\pi" => Math.PI,
            @"\frac" => LatexValue.Map((x, y) => x / y, Group("{", "}"), Group("{", "}")),
            @"\sqrt" => Group("{", "}").Matrix!.Map(Math.Sqrt, Zeros.Include),
            @"\max" => Fold(Math.Max),
            @"\min" => Fold(Math.Min),
            @"\mathbf" => Indicator(),
            @"\lVert" => Norm(),
            @"\sum" => Total(),
            @"\operatorname{softmax}" => Softmax(Power().Matrix!),
            _ => double.TryParse(token, CultureInfo.InvariantCulture, out double number) ? number : throw Unknown(),
        };
    }

    private LatexValue Fold(Func<double, double, double> function)
    {
        Expect("(");
        LatexValue value = Sum();
        while (IsTaken(","))
        {
            value = LatexValue.Map(function, value, Sum());
        }

        return After(value, ")");
    }

    // 1[a > b], or a vector of ones.
    private LatexValue Indicator()
    {
        foreach (string token in (ReadOnlySpan<string>)["{", "1", "}"])
        {
            Expect(token);
        }

        if (!IsTaken("["))
        {
            return LatexValue.Ones;
        }

        LatexValue left = Sum();
        string relation = Take();
        return After(LatexValue.Map((x, y) => Holds(x, relation, y) ? 1 : 0, left, Sum()), "]");
    }

    private LatexValue Norm()
    {
        LatexValue value = After(Sum(), @"\rVert");
        return value.Matrix!.FrobeniusNorm();
    }

    // \sum_i \left[x\right]_i
    private LatexValue Total()
    {
        Expect("_");
        Expect("i");
        LatexValue value = Group("[", "]");
        Expect("_");
        Expect("i");
        return value.Matrix!.Enumerate().Sum();
    }

    private static Matrix<double> Softmax(Matrix<double> x)
    {
        Matrix<double> powers = x.PointwiseExp();
        return Matrix<double>.Build.Dense(x.RowCount, x.ColumnCount, (i, j) => powers[i, j] / powers.Row(i).Sum());
    }

    private bool Holds(double x, string relation, double y) => relation switch
    {
        ">" => x > y,
        "<" => x < y,
        "=" => x == y,
        @"\le" => x <= y,
        _ => throw Unknown(),
    };

    private LatexValue Group(string open, string close)
    {
        Expect(open);
        return After(Sum(), close);
    }

    private LatexValue After(LatexValue value, string token)
    {
        Expect(token);
        return value;
    }

    private IEnumerable<string> TakeUntil(string end)
    {
        while (Next != end)
        {
            yield return Take();
        }

        Expect(end);
    }

    private string Next => _next < _tokens.Length ? _tokens[_next] : "";

    private string Take() => _next < _tokens.Length ? _tokens[_next++] : throw Unknown();

    private bool IsTaken(string token)
    {
        bool isNext = Next == token;
        _next += isNext ? 1 : 0;
        return isNext;
    }

    private void Expect(string token)
    {
        if (!IsTaken(token))
        {
            throw Unknown();
        }
    }

    private FormatException Unknown() => new($"'{latex}' is not understood at '{string.Concat(_tokens.Skip(_next))}'.");
}
