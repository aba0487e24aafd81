using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using NeuralNet.Core;
using NeuralNet.Core.Graphs;
using NeuralNet.Layers;
using NeuralNet.Tests.Core.Gates;
using NeuralNet.Tests.Support;
using NeuralNet.Tests.Training.Losses;
using NeuralNet.Tests.Training.Metrics;
using NeuralNet.Tests.Training.Optimizers;
using NeuralNet.Tests.Training.Schedules;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Tests.Conventions;

/// <summary>What holds for all public types of the libraries.</summary>
internal sealed class ConventionTests
{
    private static readonly Assembly[] Libraries = [typeof(Cache<>).Assembly, typeof(Linear<>).Assembly, typeof(Loss<,>).Assembly];

    // An extension block is a type to the compiler only.
    private static IEnumerable<Type> PublicTypes() =>
        Libraries.SelectMany(library => library.GetExportedTypes()).Where(type => !type.IsSpecialName);

    [Test]
    public void References_OfEachLibrary_RunOneWay()
    {
        Own(Libraries[0]).ShouldBeEmpty();
        Own(Libraries[1]).ShouldBe(["NeuralNet.Core"]);
        Own(Libraries[2]).ShouldBeSubsetOf(["NeuralNet.Core", "NeuralNet.Layers"]);

        static string[] Own(Assembly library) =>
            [.. library.GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith("NeuralNet", StringComparison.Ordinal)).Order()];
    }

    [Test]
    public void Internals_OfEachLibrary_AreVisibleToTheTestsOnly() =>
        Libraries.SelectMany(library => library.GetCustomAttributes<InternalsVisibleToAttribute>()).Select(friend => friend.AssemblyName).Distinct()
            .ShouldBe(["NeuralNet.Tests"]);

    // Of a Debug build; others have it anyway.
    [Test]
    public void Code_OfEachLibrary_IsOptimizedInEveryConfiguration() =>
        Libraries.ShouldAllBe(library => !library.GetCustomAttributes<DebuggableAttribute>().Any(attribute => attribute.IsJITOptimizerDisabled));

    [TestCaseSource(nameof(PublicTypes))]
    public void PublicType_IsAbstractSealedOrStatic(Type type) => (type.IsAbstract || type.IsSealed).ShouldBeTrue();

    [TestCaseSource(nameof(PublicTypes))]
    public void PublicType_HasASummary(Type type)
    {
        if (type.FullName!.StartsWith("NeuralNet", StringComparison.Ordinal))
        {
            XDocument docs = XDocument.Load(Path.ChangeExtension(type.Assembly.Location, ".xml"));
            string name = $"T:{type.FullName.Replace('+', '.')}";
            docs.Descendants("member").Where(member => member.Attribute("name")!.Value == name)
                .ShouldHaveSingleItem().Element("summary")!.Value.Trim().ShouldNotBeEmpty();
        }
    }

    // What a graph or a loss computes is theirs; GraphModelTests checks the gates made of them.
    private static readonly Type[] MadeOfOthers = [typeof(GraphGate<>), typeof(GraphLayer<>), typeof(LossGate<,>)];

    [Test]
    public void EveryPublicGate_StandsInTheCatalogue() =>
        Concrete(typeof(Gate<>))
            .Except(MadeOfOthers)
            .Except(GateCatalogue.All<double>().Select(entry => entry.Gate.GetType().GetGenericTypeDefinition()))
            .ShouldBeEmpty();

    // Parts, parameters and what these start from are no settings: the gate lists its children and parameters itself.
    [Test]
    public void EveryPublicGate_DescribesItsSettings() =>
        GateCatalogue.All<double>()
            .Where(entry => entry.Gate.GetType().IsPublic && entry.Gate.Description.Settings.Count < Settings(entry.Gate.GetType()))
            .Select(entry => entry.Name)
            .ShouldBeEmpty();

    private static int Settings(Type type) => type.GetConstructors().Max(constructor => constructor.GetParameters().Count(parameter =>
        parameter.ParameterType.IsPrimitive || parameter.ParameterType.IsValueType && !parameter.ParameterType.IsGenericType));

    [Test]
    public void EveryPublicLoss_StandsInTheCatalogue() =>
        Concrete(typeof(Loss<,>)).Except(LossCatalogue.All<double>().Select(entry => entry.Loss.GetGenericTypeDefinition())).ShouldBeEmpty();

    [Test]
    public void EveryPublicOptimizer_StandsInTheCatalogue() =>
        Concrete(typeof(Optimizer<>))
            .Except(OptimizerCatalogue.All<double>().Select(entry => entry.For(new(Some.Matrix<double>(1, 1))).GetType().GetGenericTypeDefinition()))
            .ShouldBeEmpty();

    [Test]
    public void EveryPublicSchedule_StandsInTheCatalogue() =>
        PublicTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(LearningRateSchedule))).Except(ScheduleCatalogue.All.Select(entry => entry.Schedule.GetType())).ShouldBeEmpty();

    [Test]
    public void EveryPublicMetric_StandsInTheCatalogue() =>
        Concrete(typeof(Metric<,>))
            .Except(MetricCatalogue.All<double>().Select(entry => entry.Make().Metric.GetType().GetGenericTypeDefinition()))
            .ShouldBeEmpty();

    private static IEnumerable<Type> Concrete(Type root) => PublicTypes().Where(type => !type.IsAbstract && DerivesFrom(type, root));

    private static bool DerivesFrom(Type type, Type root)
    {
        for (Type? ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.IsGenericType && ancestor.GetGenericTypeDefinition() == root)
            {
                return true;
            }
        }

        return false;
    }
}
