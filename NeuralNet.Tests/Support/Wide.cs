using System.Numerics;

namespace NeuralNet.Tests.Support;

/// <summary>Numbers of 1200 binary places, as whole multiples of 2⁻¹²⁰⁰, and functions of them by series: what double precision is measured against.</summary>
internal static class Wide
{
    private const int Places = 1200;

    private static readonly BigInteger s_ln2 = 2 * Artanh(3);
    private static readonly BigInteger s_rootOfTwoPi = Root(2 * Pi());

    /// <summary>1.</summary>
    public static BigInteger One { get; } = BigInteger.One << Places;

    /// <summary>A number of double precision, exactly (from 2⁻¹¹⁴⁷ on).</summary>
    public static BigInteger Of(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & 0xFFFFFFFFFFFFF) | (exponent > 0 ? 1L << 52 : 0);
        int shift = Math.Max(exponent, 1) - 1075 + Places;
        return (x < 0 ? -1 : 1) * (shift >= 0 ? mantissa << shift : mantissa >> -shift);
    }

    public static BigInteger Times(BigInteger a, BigInteger b) => (a * b) >> Places;

    public static BigInteger Over(BigInteger a, BigInteger b) => (a << Places) / b;

    /// <summary><c>e^a</c>: reduced by multiples of ln 2 and halved 40 times, then Taylor's series.</summary>
    public static BigInteger Exp(BigInteger a)
    {
        var n = (int)((a + (s_ln2 / 2)) / s_ln2);
        BigInteger r = (a - (n * s_ln2)) >> 40, sum = One, term = One;
        for (int k = 1; !term.IsZero && term != BigInteger.MinusOne; k++)
        {
            term = Times(term, r) / k;
            sum += term;
        }

        for (int i = 0; i < 40; i++)
        {
            sum = Times(sum, sum);
        }

        return n >= 0 ? sum << n : sum >> -n;
    }

    /// <summary><c>ln a</c>: <see cref="Math.Log(double)"/>, corrected by the logarithm of what its exponential misses.</summary>
    public static BigInteger Log(BigInteger a)
    {
        BigInteger guess = Of(Math.Log(ToDouble(a)));
        return guess + LogNearOne(Times(a, Exp(-guess)) - One);
    }

    /// <summary><c>ln(1 + a)</c>, a ≥ 0.</summary>
    public static BigInteger LogOnePlus(BigInteger a) => a < One >> 30 ? LogNearOne(a) : Log(One + a);

    /// <summary>The normal distribution: ½ and a series of odd powers.</summary>
    public static BigInteger Normal(BigInteger a)
    {
        BigInteger square = Times(a, a), term = a, sum = 0;
        for (int k = 0; BigInteger.Abs(term) > 1; k++)
        {
            sum += (k % 2 == 0 ? term : -term) / ((2 * k) + 1);
            term = Times(term, square) / (2 * (k + 1));
        }

        return (One / 2) + Over(sum, s_rootOfTwoPi);
    }

    /// <summary>√a by Newton's method on whole numbers.</summary>
    public static BigInteger Root(BigInteger a)
    {
        BigInteger square = a << Places, root = BigInteger.One << (int)((square.GetBitLength() / 2) + 1), next = (root + (square / root)) / 2;
        while (next < root)
        {
            (root, next) = (next, (next + (square / next)) / 2);
        }

        return root;
    }

    /// <summary>How far a double is from a number, in units of its last place.</summary>
    public static double Units(double actual, BigInteger expected)
    {
        int unit = (int)Math.Max(BigInteger.Abs(expected).GetBitLength() - 53, Places - 1074);
        return (double)(BigInteger.Abs(Of(actual) - expected) >> (unit - 20)) / (1 << 20);
    }

    /// <summary>The number in double precision, cut off.</summary>
    public static double ToDouble(BigInteger a)
    {
        int shift = Math.Max((int)a.GetBitLength() - 60, 0);
        return Math.ScaleB((double)(a >> shift), shift - Places);
    }

    // ln(1 + u) for u below 2⁻³⁰: six terms are 180 digits of two.
    private static BigInteger LogNearOne(BigInteger u)
    {
        BigInteger power = u, sum = u;
        for (int k = 2; k <= 6; k++)
        {
            power = -Times(power, u);
            sum += power / k;
        }

        return sum;
    }

    // artanh(1/n) = Σ 1/((2k + 1)·n^(2k + 1)).
    private static BigInteger Artanh(int n) => Sum(n, alternates: false);

    // Machin (1706): π = 16·arctan(1/5) − 4·arctan(1/239).
    private static BigInteger Pi() => (16 * Sum(5, alternates: true)) - (4 * Sum(239, alternates: true));

    private static BigInteger Sum(int n, bool alternates)
    {
        BigInteger power = (BigInteger.One << Places) / n, sum = 0;
        for (int k = 0; !power.IsZero; k++)
        {
            sum += (alternates && k % 2 == 1 ? -power : power) / ((2 * k) + 1);
            power /= n * n;
        }

        return sum;
    }
}
