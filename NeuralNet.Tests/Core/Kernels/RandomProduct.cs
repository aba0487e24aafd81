using System.Numerics;
using NeuralNet.Core.Providers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Kernels;

/// <summary>One product with random factors, and what it should give.</summary>
internal sealed class RandomProduct<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly double Epsilon = typeof(T) == typeof(float) ? 1.2e-7 : 2.3e-16;

    private readonly Transpose _ta;
    private readonly Transpose _tb;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _inner;
    private readonly double _alpha;
    private readonly double _beta;
    private readonly T[] _a;
    private readonly T[] _b;
    private readonly T[] _bias;
    private readonly int _strideA;
    private readonly int _strideB;

    public RandomProduct(Transpose ta, Transpose tb, int rows, int columns, int inner, double alpha, double beta, int gap = 0, bool bias = false)
    {
        (_ta, _tb, _rows, _columns, _inner, _alpha, _beta) = (ta, tb, rows, columns, inner, alpha, beta);
        var random = new Random((rows * 10007) + (columns * 101) + inner);
        (_strideA, _strideB, StrideC) = ((ta == Transpose.No ? rows : inner) + gap, (tb == Transpose.No ? inner : columns) + gap, rows + gap);
        _a = new T[_strideA * (ta == Transpose.No ? inner : rows)];
        _b = new T[_strideB * (tb == Transpose.No ? columns : inner)];
        C = new T[StrideC * columns];
        Some.Numbers<T>(_a, random);
        Some.Numbers<T>(_b, random);
        Some.Numbers<T>(C, random);
        _bias = new T[bias ? columns : 0];
        Some.Numbers<T>(_bias, random);
    }

    public T[] C { get; }

    public int StrideC { get; }

    public void SetA(int row, int step, T value) => _a[IndexA(row, step)] = value;

    public void SetB(int step, int column, T value) => _b[IndexB(step, column)] = value;

    public void Run(MatrixProvider provider) => provider.Multiply(new Product<T>
    {
        TransposeA = _ta,
        TransposeB = _tb,
        Rows = _rows,
        Columns = _columns,
        Inner = _inner,
        Alpha = T.CreateTruncating(_alpha),
        A = _a,
        StrideA = _strideA,
        B = _b,
        StrideB = _strideB,
        Beta = T.CreateTruncating(_beta),
        C = C,
        StrideC = StrideC,
        Bias = _bias,
    });

    /// <summary>The result in twice the precision, and how far the kernels' may be from it: (k + 3)·ε·Σ|a|·|b| and as much for β·C and the bias.</summary>
    public double[] Expected(out double[] bounds)
    {
        var expected = new double[_rows * _columns];
        bounds = new double[expected.Length];
        for (int j = 0; j < _columns; j++)
        {
            for (int i = 0; i < _rows; i++)
            {
                var sum = default(Exact);
                double magnitude = 0;
                for (int p = 0; p < _inner; p++)
                {
                    double a = double.CreateTruncating(_a[IndexA(i, p)]), b = double.CreateTruncating(_b[IndexB(p, j)]);
                    sum.AddProduct(a, b);
                    magnitude += Math.Abs(a * b);
                }

                double old = double.CreateTruncating(C[i + (j * StrideC)]);
                double bias = _bias.Length > 0 ? double.CreateTruncating(_bias[j]) : 0;
                expected[i + (j * _rows)] = (_alpha * sum.Value) + (_beta * old) + bias;
                bounds[i + (j * _rows)] =
                    (_inner + 3) * Epsilon * ((Math.Abs(_alpha) * magnitude) + Math.Abs(_beta * old) + Math.Abs(bias));
            }
        }

        return expected;
    }

    public void ShouldBeWithin(double[] expected, double[] bounds)
    {
        for (int j = 0; j < _columns; j++)
        {
            for (int i = 0; i < _rows; i++)
            {
                double actual = double.CreateTruncating(C[i + (j * StrideC)]);
                double error = Math.Abs(actual - expected[i + (j * _rows)]);
                if (!(error <= bounds[i + (j * _rows)]))
                {
                    Assert.Fail($"{_ta} {_tb} [{_rows}×{_inner}]·[{_inner}×{_columns}], α={_alpha}, β={_beta}: C[{i}, {j}] is {actual}, " +
                        $"should be {expected[i + (j * _rows)]} ± {bounds[i + (j * _rows)]}");
                }
            }
        }
    }

    public void ShouldKeepGaps(T[] before)
    {
        for (int index = 0; index < C.Length; index++)
        {
            if (index % StrideC >= _rows)
            {
                C[index].ShouldBe(before[index]);
            }
        }
    }

    private int IndexA(int row, int step) => _ta == Transpose.No ? row + (step * _strideA) : step + (row * _strideA);

    private int IndexB(int step, int column) => _tb == Transpose.No ? step + (column * _strideB) : column + (step * _strideB);
}
