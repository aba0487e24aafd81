namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>1.</summary>
internal readonly struct C1 : IConstant
{
    /// <inheritdoc/>
    public static int Value => 1;
}

/// <summary>2.</summary>
internal readonly struct C2 : IConstant
{
    /// <inheritdoc/>
    public static int Value => 2;
}

/// <summary>3.</summary>
internal readonly struct C3 : IConstant
{
    /// <inheritdoc/>
    public static int Value => 3;
}

/// <summary>4.</summary>
internal readonly struct C4 : IConstant
{
    /// <inheritdoc/>
    public static int Value => 4;
}

/// <summary>5.</summary>
internal readonly struct C5 : IConstant
{
    /// <inheritdoc/>
    public static int Value => 5;
}

/// <summary>6.</summary>
internal readonly struct C6 : IConstant
{
    /// <inheritdoc/>
    public static int Value => 6;
}

/// <summary>7.</summary>
internal readonly struct C7 : IConstant
{
    /// <inheritdoc/>
    public static int Value => 7;
}

/// <summary>8.</summary>
internal readonly struct C8 : IConstant
{
    /// <inheritdoc/>
    public static int Value => 8;
}

/// <summary>9.</summary>
internal readonly struct C9 : IConstant
{
    /// <inheritdoc/>
    public static int Value => 9;
}

/// <summary>10.</summary>
internal readonly struct C10 : IConstant
{
    /// <inheritdoc/>
    public static int Value => 10;
}

/// <summary>11.</summary>
internal readonly struct C11 : IConstant
{
    /// <inheritdoc/>
    public static int Value => 11;
}

/// <summary>12.</summary>
internal readonly struct C12 : IConstant
{
    /// <inheritdoc/>
    public static int Value => 12;
}
