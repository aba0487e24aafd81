// The lectures on backpropagation, running: CS231n lecture 4 and CS224n lecture 3, topic by topic. Every number of the slides is
// computed and printed beside the slide's. With --out DIR the circuits are also written as SVG pictures.
using System.Globalization;
using NeuralNet.Examples.Lecture;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string? folder = null;
if (args is ["--out", string name])
{
    folder = Directory.CreateDirectory(name).FullName;
}
else if (args.Length > 0)
{
    Console.Error.WriteLine("usage: Lecture [--out DIR]   DIR receives the circuits as SVG pictures");
    return 2;
}

var figures = new Figures(folder);
Circuits.Run(figures);
Gates.Run(figures);
Jacobians.Run(figures);
Vectors.Run(figures);
Checks.Run(figures);
Graphs.Run(figures);
return figures.Report();
