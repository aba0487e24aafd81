using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuralNet.Tests.Conventions.PublicApi;

/// <summary>Parameters and constants as C# writes them.</summary>
internal static class ApiParameters
{
    /// <summary>A list of parameters, without its brackets.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="isExtension">Whether the first has <c>this</c> before it.</param>
    public static string Of(IEnumerable<ParameterInfo> parameters, bool isExtension = false)
    {
        string list = string.Join(", ", parameters.Select(Of));
        return isExtension ? $"this {list}" : list;
    }

    /// <summary>The type of a result, with <c>ref</c> where it is a reference.</summary>
    public static string OfResult(ParameterInfo result) => ReferenceOf(result) + ApiNames.Of(result.ParameterType, ApiNullability.Of(result));

    /// <summary><c>ref</c> or <c>ref readonly</c> with a space, where a result is a reference; otherwise nothing.</summary>
    public static string ReferenceOf(ParameterInfo result) =>
        !result.ParameterType.IsByRef ? "" : result.GetRequiredCustomModifiers().Contains(typeof(InAttribute)) ? "ref readonly " : "ref ";

    /// <summary>A constant.</summary>
    public static string OfConstant(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null || type.IsGenericParameter ? "default" : "null",
        _ when type.IsEnum => Enum.GetName(type, value) is string name ? $"{type.Name}.{name}" : string.Create(CultureInfo.InvariantCulture, $"{value}"),
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        char letter => $"'{letter}'",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Of(ParameterInfo parameter)
    {
        bool isParams = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute));
        string scoped = !isParams && parameter.IsDefined(typeof(ScopedRefAttribute)) ? "scoped " : "";
        string passing = !parameter.ParameterType.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        string type = ApiNames.Of(parameter.ParameterType, ApiNullability.Of(parameter));
        string standard = parameter.HasDefaultValue ? $" = {OfConstant(parameter.DefaultValue, parameter.ParameterType)}" : "";
        return $"{(isParams ? "params " : "")}{scoped}{passing}{type} {parameter.Name}{standard}";
    }
}
