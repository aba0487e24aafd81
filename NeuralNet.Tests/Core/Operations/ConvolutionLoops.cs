using System.Numerics;
using NeuralNet.Core.Shapes;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Operations;

/// <summary>A convolution of random numbers and its gradients, by its definition: seven loops in double.</summary>
internal sealed class ConvolutionLoops<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public ConvolutionLoops(ConvolutionShape shape, int samples)
    {
        SampleShape input = shape.Input, output = shape.Output;
        Window window = shape.Window;
        Input = Some.Matrix<T>(samples, input.Size, 1);
        Weight = Some.Matrix<T>(shape.WeightRows, output.Channels, 2);
        Bias = Some.Matrix<T>(1, output.Channels, 3);
        Upstream = Some.Matrix<T>(samples, output.Size, 4);
        Matrix<double> x = InDouble(Input), w = InDouble(Weight), b = InDouble(Bias), g = InDouble(Upstream);
        Output = InDouble(Upstream);
        Downstream = Matrix<double>.Build.Dense(samples, input.Size);
        OfWeight = w * 0.5;
        OfBias = b.Clone();
        int channels = input.Channels / shape.Groups, outputs = output.Channels / shape.Groups;
        for (int n = 0; n < samples; n++)
        {
            for (int to = 0; to < output.Size; to++)
            {
                int m = to / output.Positions, oy = to % output.Positions / output.Width, ox = to % output.Width;
                double sum = b[0, m];
                for (int k = 0; k < shape.WeightRows; k++)
                {
                    int y = (oy * window.Stride.Height) - window.Padding.Height + (k / window.Kernel.Width % window.Kernel.Height * window.Dilation.Height);
                    int left = (ox * window.Stride.Width) - window.Padding.Width + (k % window.Kernel.Width * window.Dilation.Width);
                    int from = (((m / outputs * channels) + (k / window.Elements)) * input.Positions) + (y * input.Width) + left;
                    if (y >= 0 && y < input.Height && left >= 0 && left < input.Width)
                    {
                        sum += x[n, from] * w[k, m];
                        Downstream[n, from] += g[n, to] * w[k, m];
                        OfWeight[k, m] += x[n, from] * g[n, to];
                    }
                }

                Output[n, to] = sum;
                OfBias[0, m] += g[n, to];
            }
        }
    }

    public Matrix<T> Input { get; }

    public Matrix<T> Weight { get; }

    public Matrix<T> Bias { get; }

    public Matrix<T> Upstream { get; }

    /// <summary>The output.</summary>
    public Matrix<double> Output { get; }

    /// <summary>The gradient by the input.</summary>
    public Matrix<double> Downstream { get; }

    /// <summary>The gradient by the weight, and half of the weight.</summary>
    public Matrix<double> OfWeight { get; }

    /// <summary>The gradient by the bias, and the bias.</summary>
    public Matrix<double> OfBias { get; }

    private static Matrix<double> InDouble(Matrix<T> matrix) => Matrix<double>.Build.Dense(matrix.RowCount, matrix.ColumnCount, (i, j) => double.CreateChecked(matrix[i, j]));
}
