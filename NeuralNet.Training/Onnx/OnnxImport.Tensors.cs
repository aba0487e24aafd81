using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.Onnx;

/// <content>The numbers of tensors.</content>
internal sealed partial class OnnxImport<T>
{
    // The numbers in the network's element type, rounded where it has fewer digits.
    private T[] NumbersOf(OnnxTensor tensor, OnnxNode user)
    {
        ReadOnlySpan<byte> bytes = tensor.Bytes.Span;
        return tensor.Type switch
        {
            OnnxType.Single => From(MemoryMarshal.Cast<byte, float>(bytes), number => T.CreateSaturating(number)),
            OnnxType.Double => From(MemoryMarshal.Cast<byte, double>(bytes), number => T.CreateSaturating(number)),
            OnnxType.Half => From(MemoryMarshal.Cast<byte, Half>(bytes), number => T.CreateSaturating((float)number)),
            OnnxType.BFloat16 => From(MemoryMarshal.Cast<byte, ushort>(bytes), number => T.CreateSaturating(BitConverter.UInt32BitsToSingle((uint)number << 16))),
            _ => throw OnnxArguments.Unsupported(user, $"a tensor of type {tensor.Type} as its numbers is not supported", _name),
        };
    }

    private static T[] From<TSource>(ReadOnlySpan<TSource> source, Func<TSource, T> convert)
    {
        var numbers = new T[source.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = convert(source[i]);
        }

        return numbers;
    }

    // A tensor of up to two axes as a matrix; one axis is a row.
    private Matrix<T> MatrixOf(OnnxTensor tensor, OnnxNode user)
    {
        T[] numbers = NumbersOf(tensor, user);
        return numbers.Length == 0
            ? throw OnnxArguments.Unsupported(user, $"a tensor of [{string.Join(", ", tensor.Dimensions)}], without numbers, is not supported", _name)
            : Matrices.FromRows<T>(tensor.Dimensions.Length == 2 ? (int)tensor.Dimensions[0] : 1, numbers.Length / (tensor.Dimensions.Length == 2 ? (int)tensor.Dimensions[0] : 1), numbers);
    }

    // A tensor [M, D] as the matrix [D×M] whose transpose it is: its numbers as they lie.
    private Matrix<T> TransposeOf(OnnxTensor tensor, OnnxNode user) => tensor.Bytes.Length == 0
        ? MatrixOf(tensor, user)
        : Matrix<T>.Build.Dense((int)tensor.Dimensions[1], (int)tensor.Dimensions[0], NumbersOf(tensor, user));

    // A tensor of any axes as a row.
    private Matrix<T> RowOf(OnnxTensor tensor, OnnxNode user) => Matrix<T>.Build.Dense(1, tensor.Bytes.Length / OnnxTensor.SizeOf(tensor.Type), NumbersOf(tensor, user));

    private OnnxTensor TensorOf(OnnxNode node, int input, string what) => Input(node, input).Tensor
        ?? throw OnnxArguments.Unsupported(node, $"{what} that is computed is not supported, only one that is a constant is", _name);

    // An input that is left out is null.
    private OnnxTensor? OptionalTensorOf(OnnxNode node, int input, string what) => HasInput(node, input) ? TensorOf(node, input, what) : null;

    private long[] IntegersOf(OnnxNode node, int input, string what)
    {
        OnnxTensor tensor = TensorOf(node, input, what);
        ReadOnlySpan<byte> bytes = tensor.Bytes.Span;
        return tensor.Type switch
        {
            OnnxType.Int64 => MemoryMarshal.Cast<byte, long>(bytes).ToArray(),
            OnnxType.Int32 => [.. MemoryMarshal.Cast<byte, int>(bytes).ToArray().Select(number => (long)number)],
            _ => throw new InvalidDataException($"{node} of '{_name}' has {what} of type {tensor.Type}; expected whole numbers."),
        };
    }

    // A tensor that is one number and a setting; null for others. With more axes than two it would make a value of as many.
    private T? SettingOf(OnnxValue<T> value, OnnxNode user) =>
        value.Tensor is { Dimensions.Length: <= 2 } tensor && !IsTrained(tensor) && tensor.Bytes.Length == OnnxTensor.SizeOf(tensor.Type) ? NumbersOf(tensor, user)[0] : null;

    private OnnxValue<T> Input(OnnxNode node, int input) => ValueOf(node.Inputs[input], $"Input {input} of {node} of '{_name}'");

    private static bool HasInput(OnnxNode node, int input) => node.Inputs.Count > input && node.Inputs[input].Length > 0;
}
