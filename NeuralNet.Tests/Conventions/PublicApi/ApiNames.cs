using System.Reflection;

namespace NeuralNet.Tests.Conventions.PublicApi;

/// <summary>Types as C# writes them, without their namespaces, with the question marks of nullable references; without them where bases and constraints are named.</summary>
internal static class ApiNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    /// <summary>A type; where <paramref name="nullability"/> is given, with what it says of the type and of its parts, in their order.</summary>
    public static string Of(Type type, ApiNullability? nullability = null)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, nullability);
        }

        if (type.IsPointer)
        {
            return $"{Of(type.GetElementType()!, nullability)}*";
        }

        if (Nullable.GetUnderlyingType(type) is Type value)
        {
            return $"{Of(value, nullability)}?";
        }

        // A struct without parts has no mark, one with parts has one that says nothing.
        bool isMarked = (!type.IsValueType || type.IsGenericType || type.IsGenericParameter) && nullability?.Next() == true;
        string name = type.IsArray ? $"{Of(type.GetElementType()!, nullability)}[{new string(',', type.GetArrayRank() - 1)}]"
            : Keywords.GetValueOrDefault(type) ?? Nested(type, type.GetGenericArguments(), nullability);
        return isMarked ? $"{name}?" : name;
    }

    /// <summary>A type where it is declared: with its namespace.</summary>
    public static string OfDeclaration(Type type) => $"{type.Namespace}.{Of(type)}";

    /// <summary>What generic parameters must be, as clauses that begin with a space; nothing where they may be anything.</summary>
    public static string Constraints(IEnumerable<Type> parameters) =>
        string.Concat(parameters.Select(parameter => (Name: parameter.Name, List: string.Join(", ", Constraints(parameter)))).Where(one => one.List.Length > 0)
            .Select(one => $" where {one.Name} : {one.List}"));

    // The arguments of a nested type begin with those of the types around it.
    private static string Nested(Type type, ReadOnlySpan<Type> arguments, ApiNullability? nullability)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        int outer = type.DeclaringType?.GetGenericArguments().Length ?? 0, all = type.GetGenericArguments().Length;
        string around = type.DeclaringType is Type declaring ? Nested(declaring, arguments[..outer], nullability) + "." : "";
        var own = new List<string>();
        for (int i = outer; i < all; i++)
        {
            own.Add(Of(arguments[i], nullability));
        }

        return around + type.Name.Split('`')[0] + (own.Count > 0 ? $"<{string.Join(", ", own)}>" : "");
    }

    private static IEnumerable<string> Constraints(Type parameter)
    {
        GenericParameterAttributes attributes = parameter.GenericParameterAttributes;
        bool isValue = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        bool isUnmanaged = parameter.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "IsUnmanagedAttribute");
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            yield return "class";
        }
        else if (isValue)
        {
            yield return isUnmanaged ? "unmanaged" : "struct";
        }

        foreach (string constraint in parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(type => Of(type)).Order(StringComparer.Ordinal))
        {
            yield return constraint;
        }

        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isValue)
        {
            yield return "new()";
        }

        if (attributes.HasFlag(GenericParameterAttributes.AllowByRefLike))
        {
            yield return "allows ref struct";
        }
    }
}
