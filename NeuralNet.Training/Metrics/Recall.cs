using System.Numerics;

namespace NeuralNet.Training.Metrics;

/// <summary>Of the samples of a class, how many were predicted as it: <c>TP / (TP + FN)</c>.</summary>
/// <remarks>See <see cref="ClassScoreMetric{T}"/>. Micro over all classes equals the accuracy.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="average">How the classes become one number: macro by default.</param>
/// <param name="classes">The classes to average over; null (the default) for all.</param>
/// <exception cref="ArgumentOutOfRangeException">There is no such average.</exception>
/// <exception cref="ArgumentException">No class is given, or one twice, or a negative one.</exception>
public sealed class Recall<T>(Average average = Average.Macro, IEnumerable<int>? classes = null) : ClassScoreMetric<T>(ClassScore.Recall, average, classes)
    where T : unmanaged, IFloatingPointIeee754<T>;
