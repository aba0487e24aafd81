using System.Collections.ObjectModel;
using System.Reflection;

namespace NeuralNet.Tests.Conventions.PublicApi;

/// <summary>What the compiler has written about the references in a type: one mark for each, in the order in which the type is written.</summary>
/// <remarks>In the form of the compiler's own document on nullable metadata. <see cref="NullabilityInfoContext"/> of .NET 10 counts parameters that must be structs
/// otherwise than the compiler, and so takes the marks of <c>Func&lt;T, string?&gt;</c> for each other's.</remarks>
internal sealed class ApiNullability
{
    private const byte Nullable = 2;

    private readonly byte[] _marks;
    private int _next;

    private ApiNullability(byte[] marks) => _marks = marks;

    /// <summary>The marks of a parameter or a result.</summary>
    public static ApiNullability Of(ParameterInfo parameter) => new(Marks(parameter.CustomAttributes) ?? [Usual(parameter.Member)]);

    /// <summary>The marks of a field, a property or an event.</summary>
    public static ApiNullability Of(MemberInfo member) => new(Marks(member.CustomAttributes) ?? [Usual(member.DeclaringType!)]);

    /// <summary>Whether the next reference may be null. One mark alone is for all.</summary>
    public bool Next() => _marks[_marks.Length == 1 ? 0 : _next++] == Nullable;

    private static byte[]? Marks(IEnumerable<CustomAttributeData> attributes) =>
        attributes.SingleOrDefault(attribute => attribute.AttributeType.Name == "NullableAttribute")?.ConstructorArguments[0].Value switch
        {
            byte mark => [mark],
            ReadOnlyCollection<CustomAttributeTypedArgument> marks => [.. marks.Select(mark => (byte)mark.Value!)],
            _ => null,
        };

    // What most references of a member or type are is written once.
    private static byte Usual(MemberInfo? member) => member is null ? (byte)0
        : member.CustomAttributes.SingleOrDefault(attribute => attribute.AttributeType.Name == "NullableContextAttribute")?.ConstructorArguments[0].Value as byte?
            ?? Usual(member.DeclaringType);
}
