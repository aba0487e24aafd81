using System.Reflection;
using System.Runtime.CompilerServices;

namespace NeuralNet.Tests.Conventions.PublicApi;

/// <summary>What others can see of a library, as text: a line for each type, and beneath it one for each member, both sorted.</summary>
internal static class ApiText
{
    /// <summary>The text of a library.</summary>
    public static string[] Of(Assembly library) =>
        [.. library.GetExportedTypes().Where(type => !type.IsSpecialName && !IsInSpecialName(type)).OrderBy(ApiNames.OfDeclaration, StringComparer.Ordinal).SelectMany(Of)];

    /// <summary>The lines of a type.</summary>
    public static string[] Of(Type type) => IsDelegate(type) ? [Delegate(type)] : [Declaration(type), .. ApiMembers.Of(type).Select(member => $"    {member}")];

    private static string Delegate(Type type)
    {
        MethodInfo invoke = type.GetMethod("Invoke")!;
        return $"{Access(type)} delegate {ApiParameters.OfResult(invoke.ReturnParameter)} {ApiNames.OfDeclaration(type)}({ApiParameters.Of(invoke.GetParameters())}){Constraints(type)}";
    }

    private static string Declaration(Type type)
    {
        string kind = type.IsInterface ? "interface"
            : type.IsEnum ? "enum"
            : type.IsValueType ? $"{(type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")}{(type.IsByRefLike ? "ref " : "")}struct"
            : type.IsAbstract && type.IsSealed ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class" : "class";
        string[] bases = [.. Bases(type)];
        return $"{Access(type)} {kind} {ApiNames.OfDeclaration(type)}{(bases.Length > 0 ? $" : {string.Join(", ", bases)}" : "")}{Constraints(type)}";
    }

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.IsEnum)
        {
            return [ApiNames.Of(type.GetEnumUnderlyingType())];
        }

        Type? ancestor = type.BaseType == typeof(object) || type.BaseType == typeof(ValueType) ? null : type.BaseType;
        IEnumerable<string> interfaces = type.GetInterfaces().Where(one => one.IsVisible && ancestor?.GetInterfaces().Contains(one) != true)
            .Select(one => ApiNames.Of(one)).Order(StringComparer.Ordinal);
        return ancestor is null ? interfaces : interfaces.Prepend(ApiNames.Of(ancestor));
    }

    private static string Constraints(Type type) => ApiNames.Constraints(type.GetGenericArguments());

    private static string Access(Type type) => type.IsPublic || type.IsNestedPublic ? "public" : type.IsNestedFamily ? "protected" : "protected internal";

    private static bool IsDelegate(Type type) => type.IsSubclassOf(typeof(Delegate));

    // An extension block is a type to the compiler only, with another one inside.
    private static bool IsInSpecialName(Type type) => type.DeclaringType is Type declaring && (declaring.IsSpecialName || IsInSpecialName(declaring));
}
