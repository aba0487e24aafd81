namespace NeuralNet.Training.Data.Images;

/// <summary>The channels that pictures are read in.</summary>
public enum ImageColors
{
    /// <summary>Those of the file: grey or colour, with opacity where it has that.</summary>
    AsStored,

    /// <summary>One channel.</summary>
    Grey,

    /// <summary>Three channels: red, green, blue.</summary>
    Color,
}
