namespace NeuralNet.Examples.Lecture;

/// <summary>The topics of the lectures, numbered L1 to L23, and where those are that have no figures here.</summary>
internal static class Topics
{
    /// <summary>Says which lectures they are.</summary>
    public static void Introduce() => Console.WriteLine(
        """
        Topics L1 to L23 of two lectures of Stanford University: CS231n lecture 4, "Backpropagation and Neural Networks", and
        CS224n lecture 3, "Neural net learning: Gradients by hand (matrix calculus) and algorithmically (the backpropagation algorithm)".
        """);

    /// <summary>Says where L15 to L20 are.</summary>
    public static void SkipNetworks() => Console.WriteLine(
        """

        L15 to L20 are about whole networks and have programs and types of their own instead of figures here:
          L15  two- and three-layer networks        examples/Mnist
          L16  feed-forward of a 3-layer network    examples/FeedForward
          L17  a two-layer network in 20 lines      examples/TwoLayerNet
          L18  data term + regularisation term      L2Regularization in NeuralNet.Training
          L19  activation functions                 NeuralNet.Core.Functions
          L20  named entities from word windows     examples/Ner
        """);

    /// <summary>Says where L23 is.</summary>
    public static void SkipLargerSystems() => Console.WriteLine(
        """

        L23, larger systems that need all this: convolutional networks are in examples/Cnn, neural Turing machines in examples/TuringMachine.
        """);
}
