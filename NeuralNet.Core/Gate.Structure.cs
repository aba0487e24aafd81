namespace NeuralNet.Core;

/// <content>What a gate is called, consists of and owns: read by summaries, drawings, checks, optimisers and files.</content>
public abstract partial class Gate<T>
{
    private NamedParameter<T>[]? _parameters;
    private NamedParameter<T>[]? _ownParameters;
    private NamedState<T>[]? _states;

    /// <summary>What the gate is called in errors and tables, such as <c>multiply</c>: its kind and settings, unless it says otherwise.</summary>
    public virtual string Name => Description.ToString();

    /// <summary>What stands in the gate's circle in a drawing: the name, unless there is a sign such as <c>×</c>.</summary>
    public virtual string Symbol => ToString();

    /// <summary>What the gate does with the gradient on its way back. By default a composite; a layer that is one gate with parameters has that gate's.</summary>
    public virtual FlowPattern Pattern => FlowPattern.Composite;

    /// <summary>Whether each entry of the output depends on the same entry of the inputs only, as in a function of numbers.</summary>
    public virtual bool IsElementwise => false;

    /// <summary>The gate's kind and settings, enough to build it again.</summary>
    public virtual GateDescription Description => new(Kind);

    /// <summary>The gates that this one consists of, in the order of their caches: the child at position i uses <c>cache[i]</c>. Empty where there are none.</summary>
    public virtual IReadOnlyList<NamedGate<T>> Children => [];

    /// <summary>The parameters, its own and then its children's, named as in <c>encoder.0.weight</c>. One that appears twice is listed once,
    /// under its first name.</summary>
    public IReadOnlyList<NamedParameter<T>> Parameters => AllParameters;

    /// <summary>The states, its own and then its children's: matrices that are not trained. Named and listed as the parameters are.</summary>
    public IReadOnlyList<NamedState<T>> States => _states ??=
    [
        .. OwnStates
            .Concat(Children.SelectMany(child => child.Gate.States.Select(named => named with { Name = $"{child.Name}.{named.Name}" })))
            // By reference: matrices with the same numbers are equal to MathNet, and all running means start at zero.
            .DistinctBy(named => (object)named.Value, ReferenceEqualityComparer.Instance),
    ];

    /// <summary>The generators that forward passes draw from, its own and then its children's. Named and listed as the parameters are.</summary>
    public IReadOnlyList<NamedGenerator> Generators =>
    [
        .. OwnGenerators
            .Concat(Children.SelectMany(child => child.Gate.Generators.Select(named => named with { Name = $"{child.Name}.{named.Name}" })))
            .DistinctBy(named => named.Generator),
    ];

    /// <summary>Sets the gradients of all parameters to zero.</summary>
    public void ZeroGradients()
    {
        foreach (ref readonly NamedParameter<T> named in AllParameters.AsSpan())
        {
            named.Parameter.ZeroGradient();
        }
    }

    /// <summary>The parameters of the gate itself, in order, fixed once it is built. Empty where there are none.</summary>
    protected virtual IReadOnlyList<NamedParameter<T>> OwnParameters => [];

    /// <summary>The states of the gate itself, in order, fixed once it is built. Empty where there are none.</summary>
    protected virtual IReadOnlyList<NamedState<T>> OwnStates => [];

    /// <summary>The generators of the gate itself, in order, fixed once it is built. Empty where there are none.</summary>
    protected virtual IReadOnlyList<NamedGenerator> OwnGenerators => [];

    /// <summary>The name of the type.</summary>
    protected string Kind => GetType().Name.Split('`')[0];

    // An array, and not a list behind an interface: a training step passes over it.
    private NamedParameter<T>[] AllParameters => _parameters ??=
    [
        .. OwnParameters
            .Concat(Children.SelectMany(child => child.Gate.Parameters.Select(named => named with { Name = $"{child.Name}.{named.Name}" })))
            .DistinctBy(named => named.Parameter),
    ];

    /// <summary>Tells who listens that a backward pass of this gate has added to the gradients of its own parameters.</summary>
    private protected void TellParameters()
    {
        foreach (ref readonly NamedParameter<T> named in (_ownParameters ??= [.. OwnParameters]).AsSpan())
        {
            named.Parameter.TellReached();
        }
    }

    /// <summary>Whether there is a parameter, in the gate or its children.</summary>
    internal bool HasParameters => AllParameters.Length > 0;

    /// <summary>What errors and checks call an input: <c>x</c> of a function of one number, <c>input</c> of another gate with one, <c>x</c> and <c>y</c> of a
    /// gate with two.</summary>
    internal string InputName(int input) => InputCount switch
    {
        1 => IsElementwise ? "x" : "input",
        2 => input == 0 ? "x" : "y",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"x{input + 1}"),
    };
}
