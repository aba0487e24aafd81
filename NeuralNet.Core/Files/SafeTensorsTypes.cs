namespace NeuralNet.Core.Files;

/// <summary>The names of types in safetensors files.</summary>
internal static class SafeTensorsTypes
{
    private static readonly string[] s_names = ["BOOL", "U8", "I8", "I16", "U16", "F16", "BF16", "I32", "U32", "F32", "F64", "I64", "U64"];

    /// <summary>All of them, in a list for errors.</summary>
    public static string Known => string.Join(", ", s_names);

    /// <summary>The type of a name, or null.</summary>
    public static TensorType? Find(string name)
    {
        int index = Array.IndexOf(s_names, name);
        return index < 0 ? null : (TensorType)index;
    }

    /// <summary>The name of a type.</summary>
    public static string NameOf(TensorType type) => s_names[(int)type];
}
