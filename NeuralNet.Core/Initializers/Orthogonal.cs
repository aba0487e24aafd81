using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace NeuralNet.Core.Initializers;

/// <summary>A random matrix with orthonormal columns, or rows where there are fewer of those, times a gain: <c>WᵀW = gain²·I</c> or <c>WWᵀ = gain²·I</c>. Keeps lengths through
/// deep linear and recurrent networks.</summary>
/// <remarks>
/// <para>The Q of a matrix of normal numbers, computed in double, with its columns' signs turned so that R has a positive diagonal: so all orthogonal matrices are equally likely
/// (without it, it depends on the factorisation which are). The matrix has fanIn rows; memory that is no whole number of such columns is refused.</para>
/// <para><b>Source.</b> Saxe, McClelland and Ganguli (2014), section 3; Mezzadri (2007), section 5, for the signs.</para>
/// </remarks>
public sealed class Orthogonal : Initializer
{
    /// <summary>Orthonormal columns or rows of a length.</summary>
    /// <param name="gain">The length, a finite number above 0; 1 by default, √2 for ReLU.</param>
    /// <exception cref="ArgumentOutOfRangeException">The gain is out of its range.</exception>
    public Orthogonal(double gain = 1)
    {
        if (!(gain > 0 && double.IsFinite(gain)))
        {
            throw new ArgumentOutOfRangeException(nameof(gain), gain, $"The gain must be a finite number above 0, got {gain}.");
        }

        Gain = gain;
    }

    /// <summary>The length of the columns or rows.</summary>
    public double Gain { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The memory is no whole number of columns of fanIn numbers.</exception>
    public override void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (fanIn < 1 || values.Length % fanIn != 0)
        {
            throw new ArgumentException($"An orthogonal matrix of {fanIn} rows (fanIn) has a multiple of as many numbers, got {values.Length}.", nameof(values));
        }

        int columns = values.Length / fanIn;
        if (columns == 0)
        {
            return;
        }

        bool isWide = columns > fanIn;
        Matrix<double> normal = Matrices.Zeros<double>(Math.Max(fanIn, columns), Math.Min(fanIn, columns));
        FillNormal(normal.AsSpan(), 1, random);
        QR<double> factors = normal.QR(QRMethod.Thin);
        for (int j = 0; j < columns; j++)
        {
            for (int i = 0; i < fanIn; i++)
            {
                (int row, int column) = isWide ? (j, i) : (i, j);
                double sign = factors.R[column, column] < 0 ? -1 : 1;
                values[i + (j * fanIn)] = T.CreateTruncating(Gain * sign * factors.Q[row, column]);
            }
        }
    }
}
