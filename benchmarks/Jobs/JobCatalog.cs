using System.Numerics;
using NeuralNet.Benchmarks.Cases;

namespace NeuralNet.Benchmarks.Jobs;

/// <summary>Finds the job that a line of the protocol describes.</summary>
internal static class JobCatalog
{
    /// <summary>The job for a text such as <c>gemm float NN 256 256 256</c>.</summary>
    public static Job Prepare(string work)
    {
        string[] parts = work.Split(' ', 2);
        return parts[1].StartsWith("float ", StringComparison.Ordinal) ? Prepare<float>(parts[0], parts[1]) : Prepare<double>(parts[0], parts[1]);
    }

    private static Job Prepare<T>(string kind, string arguments) where T : unmanaged, IFloatingPointIeee754<T> => kind switch
    {
        "gemm" => GemmJob.Create<T>(arguments),
        "step" => StepJob.Create<T>(Network.Parse(arguments)),
        "adam" => StepJob.CreateAdam<T>(Network.Parse(arguments)),
        "lecture" => StepJob.CreateLecture<T>(Network.Parse(arguments)),
        "infer" => InferJob.Create<T>(Network.Parse(arguments)),
        "conv-step" => ConvolutionJob.Step<T>(ConvolutionalNetwork.Parse(arguments)),
        "conv-layer" => ConvolutionJob.Layer<T>(ConvolutionalNetwork.Parse(arguments)),
        "sequence-step" => SequenceJob<T>.CreateStep(SequenceNetwork.Parse(arguments)),
        "sequence-infer" => SequenceJob<T>.CreateInference(SequenceNetwork.Parse(arguments)),
        "epoch" => EpochJob.Create<T>(Network.Parse(arguments, out string folder), folder),
        "save" => FileJob.CreateSave<T>(arguments),
        "load" => FileJob.CreateLoad<T>(arguments),
        "save-by-copy" or "load-by-copy" => FileJob.CreateCopy<T>(arguments),
        "text-step" => TextModelJob.CreateStep<T>(TextModel.Parse(arguments)),
        "text-forward" => TextModelJob.CreateForward<T>(TextModel.Parse(arguments)),
        "text-made" => TextModelJob.CreateText<T>(TextModel.Parse(arguments)),
        _ => throw new ArgumentException($"NeuralNet has no work named '{kind}'"),
    };
}
