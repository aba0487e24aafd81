using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using NeuralNet.Layers.Saving;

namespace NeuralNet.Layers.Recurrent;

/// <summary>What all recurrent layers are told.</summary>
/// <param name="Inputs">C, values of a step, 1 or more.</param>
/// <param name="Hidden">H, entries of h, 1 or more.</param>
/// <param name="Layers">L, layers on top of each other, 1 or more.</param>
/// <param name="IsBidirectional">Whether each layer reads the sequence in both directions.</param>
/// <param name="IsLastStep">Whether the output is h of the last step alone.</param>
/// <param name="HasBias">Whether there are biases.</param>
internal readonly record struct RecurrentSettings(int Inputs, int Hidden, int Layers, bool IsBidirectional, bool IsLastStep, bool HasBias)
{
    /// <summary>D, 1 or 2.</summary>
    public int Directions => IsBidirectional ? 2 : 1;

    /// <summary>D·H, values of a step of the output.</summary>
    public int Outputs => Directions * Hidden;

    /// <summary>Those of a gate in a file.</summary>
    /// <param name="saved">The gate.</param>
    /// <param name="gates">How many gates the cell has.</param>
    /// <exception cref="InvalidDataException">A setting is not there, or the file has fewer numbers than the layer would.</exception>
    public static RecurrentSettings Of<T>(SavedGate<T> saved, int gates) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(saved);
        var settings = new RecurrentSettings(
            saved.Size("inputs"), saved.Size("hidden"), saved.Size("layers"), saved.Truth("bidirectional"), saved.Truth("lastStep"), saved.Truth("bias"));
        saved.ThrowIfTooLarge(settings.Hidden, settings.Inputs);
        saved.ThrowIfTooLarge(settings.Hidden, settings.Hidden);
        saved.ThrowIfTooLarge(checked(settings.Hidden * gates), settings.Layers);
        return settings;
    }

    /// <summary>The settings by name, in the order of the constructors.</summary>
    public IEnumerable<(string Name, object Value)> ByName() =>
        [("inputs", Inputs), ("hidden", Hidden), ("layers", Layers), ("bidirectional", IsBidirectional), ("lastStep", IsLastStep), ("bias", HasBias)];

    /// <summary>Refuses numbers below 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is.</exception>
    [SuppressMessage("Usage", "CA2208", Justification = "The names are those of the constructors' parameters.")]
    public void ThrowIfWrong()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Inputs, 1, "inputs");
        ArgumentOutOfRangeException.ThrowIfLessThan(Hidden, 1, "hidden");
        ArgumentOutOfRangeException.ThrowIfLessThan(Layers, 1, "layers");
    }

    /// <summary><c>32 → 128</c> and what is not the default.</summary>
    public override string ToString() =>
        $"{Inputs} → {Outputs}{(Layers > 1 ? $", {Layers} layers" : "")}{(IsBidirectional ? ", both directions" : "")}{(IsLastStep ? ", last step" : "")}{(HasBias ? "" : ", no bias")}";
}
