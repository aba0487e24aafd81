using System.Reflection;
using System.Runtime.CompilerServices;

namespace NeuralNet.Tests.Conventions.PublicApi;

/// <summary>The members of a type that others can call or override, as C# writes them. What overrides a member of a base is that member, and not listed again.</summary>
internal static class ApiMembers
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>All of them, sorted.</summary>
    public static IEnumerable<string> Of(Type type) =>
        type.GetFields(Declared).Where(field => IsVisible(field.Attributes & FieldAttributes.FieldAccessMask) && !field.IsSpecialName).Select(Field)
            .Concat(type.GetConstructors(Declared).Where(IsVisible).Select(constructor => Constructor(type, constructor)))
            .Concat(type.GetProperties(Declared).Where(property => Accessors(property).Any()).Select(Property))
            .Concat(type.GetEvents(Declared).Where(one => IsNew(one.AddMethod!)).Select(Event))
            .Concat(type.GetMethods(Declared).Where(method => IsNew(method) && IsMethod(method)).Select(Method))
            .Order(StringComparer.Ordinal);

    private static string Field(FieldInfo field)
    {
        string access = Access(field.IsPublic, field.IsFamily);
        string type = ApiNames.Of(field.FieldType, ApiNullability.Of(field));
        return field.IsLiteral && field.DeclaringType!.IsEnum ? $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue())}"
            : field.IsLiteral ? $"{access} const {type} {field.Name} = {ApiParameters.OfConstant(field.GetRawConstantValue(), field.FieldType)}"
            : $"{access} {(field.IsStatic ? "static " : "")}{Required(field)}{(field.IsInitOnly ? "readonly " : "")}{type} {field.Name}";
    }

    private static string Constructor(Type type, ConstructorInfo constructor) =>
        $"{Access(constructor.IsPublic, constructor.IsFamily)} {type.Name.Split('`')[0]}({ApiParameters.Of(constructor.GetParameters())})";

    private static string Property(PropertyInfo property)
    {
        MethodInfo[] accessors = [.. Accessors(property)];
        MethodInfo widest = accessors.FirstOrDefault(accessor => accessor.IsPublic) ?? accessors[0];
        string name = property.GetIndexParameters() is { Length: > 0 } indices ? $"this[{ApiParameters.Of(indices)}]" : property.Name;
        string reference = property.GetMethod is MethodInfo get ? ApiParameters.ReferenceOf(get.ReturnParameter) : "";
        string type = ApiNames.Of(property.PropertyType, ApiNullability.Of(property));
        return $"{Modifiers(widest)}{Required(property)}{reference}{type} {name} {{ {string.Concat(accessors.Select(accessor => Accessor(accessor, widest)))}}}";
    }

    private static string Accessor(MethodInfo accessor, MethodInfo widest)
    {
        string access = accessor.IsPublic == widest.IsPublic ? "" : $"{Access(accessor.IsPublic, accessor.IsFamily)} ";
        bool isInit = accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
        return $"{access}{(accessor.ReturnType != typeof(void) ? "get" : isInit ? "init" : "set")}; ";
    }

    private static string Event(EventInfo one) => $"{Modifiers(one.AddMethod!)}event {ApiNames.Of(one.EventHandlerType!, ApiNullability.Of(one))} {one.Name}";

    private static string Method(MethodInfo method)
    {
        Type[] parameters = method.GetGenericArguments();
        string generic = parameters.Length > 0 ? $"<{string.Join(", ", parameters.Select(parameter => parameter.Name))}>" : "";
        string list = ApiParameters.Of(method.GetParameters(), method.IsDefined(typeof(ExtensionAttribute)));
        return $"{Modifiers(method)}{ApiParameters.OfResult(method.ReturnParameter)} {method.Name}{generic}({list}){ApiNames.Constraints(parameters)}";
    }

    // Accessors are listed with their properties and events; what the compiler alone can call is nobody's API. An extension property has accessors only.
    private static bool IsMethod(MethodInfo method) =>
        !method.Name.Contains('<', StringComparison.Ordinal) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal));

    private static IEnumerable<MethodInfo> Accessors(PropertyInfo property) => property.GetAccessors(nonPublic: true).Where(IsNew);

    private static bool IsNew(MethodInfo method) => IsVisible(method) && method.GetBaseDefinition() == method;

    private static bool IsVisible(MethodBase method) => IsVisible((FieldAttributes)(method.Attributes & MethodAttributes.MemberAccessMask));

    // The values for fields and methods are the same.
    private static bool IsVisible(FieldAttributes access) => access is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;

    private static string Access(bool isPublic, bool isFamily) => isPublic ? "public" : isFamily ? "protected" : "protected internal";

    private static string Required(MemberInfo member) => member.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";

    private static string Modifiers(MethodInfo method) =>
        $"{Access(method.IsPublic, method.IsFamily)} {(method.IsStatic ? "static " : "")}{(method.IsAbstract ? "abstract " : method.IsVirtual && !method.IsFinal ? "virtual " : "")}";
}
