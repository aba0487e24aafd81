using System.Numerics;
using System.Reflection;
using NeuralNet.Core.Kernels.Elementwise;
using NeuralNet.Tests.Core.Kernels;

namespace NeuralNet.Tests.Reliability.GuardPages;

/// <summary>Every element-wise operation there is, found by its interface, and one of the tests' that writes three arrays.</summary>
internal static class ElementwiseCases<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The cases.</summary>
    public static IEnumerable<KernelCase> All => Operations().Append(typeof(FourArrays<>)).Select(operation =>
        typeof(ElementwiseCases<T>).GetMethod(nameof(Of), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(operation.MakeGenericType(typeof(T))).Invoke(null, null)).Cast<KernelCase>();

    private static IEnumerable<Type> Operations() => typeof(IElementwiseOperation<>).Assembly.GetTypes().Where(type =>
        type.IsValueType && type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IElementwiseOperation<>)));

    private static KernelCase Of<TOperation>() where TOperation : struct, IElementwiseOperation<T>
    {
        ConstructorInfo? constructor = typeof(TOperation).GetConstructors().MaxBy(one => one.GetParameters().Length);
        object[] factors = [.. (constructor?.GetParameters() ?? []).Select(_ => (object)T.CreateTruncating(0.5))];
        TOperation operation = constructor is null ? default : (TOperation)constructor.Invoke(factors);
        return new($"{typeof(TOperation).Name[..^2]}<{typeof(T).Name}>", typeof(ElementwisePass<,>), (draws, arena) => Run(operation, draws, arena));
    }

    private static void Run<TOperation>(TOperation operation, Draws draws, Arena arena) where TOperation : struct, IElementwiseOperation<T>
    {
        int length = draws.Length("length", 50_000);
        Span<T> input = arena.Numbers<T>(length);
        bool isInPlace = draws.Flag("in place");
        switch (TOperation.Inputs, TOperation.Outputs)
        {
            case (1, 1):
                ElementwisePass<T, TOperation>.Run(operation, input, isInPlace ? input : arena.Numbers<T>(length));
                break;
            case (2, 1):
                ReadOnlySpan<T> second = arena.Numbers<T>(length);
                ElementwisePass<T, TOperation>.Run(operation, input, second, isInPlace ? input : arena.Numbers<T>(length));
                break;
            case (1, 2):
                ElementwisePass<T, TOperation>.Run(operation, input, arena.Numbers<T>(length), arena.Numbers<T>(length));
                break;
            case (1, 3):
                ElementwisePass<T, TOperation>.Run(operation, input, arena.Numbers<T>(length), arena.Numbers<T>(length), arena.Numbers<T>(length));
                break;
            default:
                throw new NotSupportedException($"{typeof(TOperation).Name} reads {TOperation.Inputs} arrays and writes {TOperation.Outputs}: say here how.");
        }
    }
}
