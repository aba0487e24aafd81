namespace NeuralNet.Training.Data.Text;

/// <summary>A vocabulary as it stands in a file.</summary>
/// <param name="Words">The words in the order of their numbers.</param>
/// <param name="IgnoresCase">Whether words that differ in case are one.</param>
internal sealed record SavedVocabulary(string[] Words, bool IgnoresCase);
