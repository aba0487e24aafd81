namespace NeuralNet.Tests.Support;

/// <summary>Sums of products in about twice the precision of double, as an oracle for kernels.</summary>
internal struct Exact
{
    private double _sum;
    private double _rest;

    /// <summary>The sum.</summary>
    public readonly double Value => _sum + _rest;

    /// <summary>Adds a product, with the rounding errors of product and sum carried along (Ogita, Rump and Oishi 2005).</summary>
    public void AddProduct(double a, double b)
    {
        double product = a * b;
        double productError = Math.FusedMultiplyAdd(a, b, -product);
        double sum = _sum + product;
        double part = sum - _sum;
        double sumError = (_sum - (sum - part)) + (product - part);
        _sum = sum;
        _rest += productError + sumError;
    }
}
