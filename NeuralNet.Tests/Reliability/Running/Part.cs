namespace NeuralNet.Tests.Reliability.Running;

/// <summary>One of the things that the reliability program does, in rounds that each have a seed.</summary>
internal abstract class Part
{
    /// <summary>Its name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>What it does, in a line.</summary>
    public abstract string Summary { get; }

    /// <summary>The processes that it is done in, one after another.</summary>
    public virtual IReadOnlyList<Variant> Variants { get; } = [new("")];

    /// <summary>After how many rounds new processes go on.</summary>
    public virtual int RoundsOfAProcess => int.MaxValue;

    /// <summary>Whether all variants must report the same.</summary>
    public virtual bool MustAgree => false;

    /// <summary>Why it cannot be done on this machine, or null.</summary>
    public virtual string? Obstacle => null;

    /// <summary>Does the rounds, in a process of one of the variants.</summary>
    /// <param name="seed">The seed of the first round; each round after it has the next number.</param>
    /// <param name="rounds">How many, 1 or more.</param>
    /// <param name="current">Is told each case before it is done.</param>
    /// <returns>What was done, and what was measured.</returns>
    /// <exception cref="DefectException">Something was found that must not be.</exception>
    public abstract string Run(long seed, int rounds, CaseFile current);
}
