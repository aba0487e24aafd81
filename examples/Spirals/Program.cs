using System.CommandLine;
using NeuralNet.Examples;
using NeuralNet.Examples.Spirals;
using NeuralNet.Training.Data;

var output = new Option<string>("--out") { Description = "File of the picture, PNG.", DefaultValueFactory = _ => "spirals.png" };
var seed = new Option<long>("--seed") { Description = "Start of all random numbers: points and first weights.", DefaultValueFactory = _ => 0 };
var steps = new Option<int>("--steps") { Description = "Steps of training, 1 or more.", DefaultValueFactory = _ => 1000 };
steps.Validators.Add(result =>
{
    if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int number) && number < 1)
    {
        result.AddError($"--steps must be 1 or more, got {number}.");
    }
});
var command = new RootCommand("Classifies the points of three spiral arms, by a linear score function and by two layers, and draws what each has learned.")
{
    output, seed, steps,
};
command.SetAction(line => Run(line.GetValue(output)!, line.GetValue(seed), line.GetValue(steps)));
try
{
    return command.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 1;
}

static int Run(string output, long seed, int steps)
{
    if (Usage.ProblemOfWriting(output) is string problem)
    {
        throw new IOException($"--out: {problem}");
    }

    DataSet<double> data = SpiralArms.Draw(seed);
    Console.WriteLine($"data: {SpiralArms.Arms} arms of {SpiralArms.PointsPerArm} points, seed {seed}");
    Classifier[] classifiers = [Classifier.Linear(seed), Classifier.TwoLayers(seed)];
    int exitCode = 0;
    foreach (Classifier classifier in classifiers)
    {
        (double loss, double accuracy) = classifier.Train(data, steps);
        Console.WriteLine($"{classifier.Name}: loss {loss:F4}, accuracy {accuracy:F4}");
        (double low, double high) = classifier.Expected;
        if (!(accuracy >= low && accuracy <= high))
        {
            Console.Error.WriteLine($"error: the accuracy of {classifier.Name} should be from {low} to {high}, and is {accuracy:F4} after {steps} steps.");
            exitCode = 1;
        }
    }

    BoundaryPicture.Write(output, data, classifiers);
    Console.WriteLine($"the regions of both, side by side, are in {output}");
    return exitCode;
}
