using System.Reflection;
using NeuralNet.Core;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Training.Losses;

namespace NeuralNet.Tests.Conventions;

/// <summary>Every public type of an element, with an element that is not served: an error that says so, and none from within.</summary>
internal sealed class ElementTypeTests
{
    // Of one element, and made by somebody: what derives from others, with the gates and losses among them.
    private static IEnumerable<Type> Types => new[] { typeof(Cache<>), typeof(Linear<>), typeof(Loss<,>) }
        .SelectMany(type => type.Assembly.GetExportedTypes())
        .Where(type => type.IsGenericTypeDefinition && type.GetGenericArguments().Length == 1 && !type.IsAbstract && !type.IsSpecialName
            && typeof(Delegate).IsAssignableFrom(type) is false
            && type.GetGenericArguments()[0].GetGenericParameterConstraints().Any(constraint => constraint.Name.StartsWith("IFloatingPoint", StringComparison.Ordinal))
            && type.GetConstructors().Length > 0);

    [TestCaseSource(nameof(Types))]
    public void Constructor_ElementIsHalf_SaysWhatIsServed(Type type)
    {
        foreach (ConstructorInfo constructor in type.MakeGenericType(typeof(Half)).GetConstructors())
        {
            object?[] arguments = [.. constructor.GetParameters().Select(Argument)];
            Exception? exception = null;
            try
            {
                constructor.Invoke(arguments);
            }
            catch (TargetInvocationException thrown)
            {
                exception = thrown.InnerException;
            }

            // There is no matrix of Half to be given: so a constructor may find null before it looks at the type, and what is not a gate
            // may be made, since nothing can be done with it.
            bool isGate = typeof(Gate<Half>).IsAssignableFrom(constructor.DeclaringType);
            (exception is NotSupportedException or ArgumentNullException || (exception is null && !isGate))
                .ShouldBeTrue($"{constructor}: {exception?.GetType().Name} {exception?.Message}");
            if (exception is NotSupportedException)
            {
                exception.Message.ShouldBe("The element type must be float or double, got System.Half.");
            }
        }
    }

    private static IEnumerable<TestCaseData> Calls =>
    [
        new TestCaseData(() => { _ = new Linear<Half>(2, 3, new Random(1)); }).SetArgDisplayNames("Linear"),
        new TestCaseData(() => { new Cache<Half>().Buffer(0, 2, 3); }).SetArgDisplayNames("Buffer"),
        new TestCaseData(() => { Matrices.Zeros<Half>(2, 3); }).SetArgDisplayNames("Zeros"),
        new TestCaseData(() => { Matrices.FromRows<Half>([Half.One], [Half.Zero]); }).SetArgDisplayNames("FromRows"),
        new TestCaseData(() => { new HeNormal().Weight<Half>(2, 3, new Random(1)); }).SetArgDisplayNames("Weight"),
    ];

    [TestCaseSource(nameof(Calls))]
    public void Call_ElementIsHalf_SaysWhatIsServed(Action call) =>
        Should.Throw<NotSupportedException>(call).Message.ShouldBe("The element type must be float or double, got System.Half.");

    private static object? Argument(ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        return type == typeof(int) ? 2
            : type == typeof(double) ? 0.5
            : type == typeof(Half) ? Half.One
            : type == typeof(SampleShape) ? (SampleShape)2
            : type == typeof(string) ? "name"
            : type == typeof(Random) ? new Random(1)
            : type == typeof(Half[]) ? new Half[4]
            : type == typeof(int[]) ? new int[2]
            : type.IsValueType ? Activator.CreateInstance(type)
            : null;
    }
}
