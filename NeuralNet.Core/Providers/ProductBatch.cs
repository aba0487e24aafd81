namespace NeuralNet.Core.Providers;

/// <summary>How many products of one shape there are, and how far the matrices of one lie from those of the one before.</summary>
/// <param name="Count">Products.</param>
/// <param name="StepA">Elements from one A to the next; 0 for one A in all products.</param>
/// <param name="StepB">Elements from one B to the next; 0 for one B in all products.</param>
/// <param name="StepC">Elements from one C to the next.</param>
internal readonly record struct ProductBatch(int Count, int StepA, int StepB, int StepC);
