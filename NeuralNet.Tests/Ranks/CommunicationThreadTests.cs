using System.Collections.Concurrent;
using NeuralNet.Core.Ranks;

namespace NeuralNet.Tests.Ranks;

/// <summary>The one thread that a communicator calls its library on, here with ranks that are one rank alone.</summary>
internal sealed class CommunicationThreadTests
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);

    [Test]
    public void Post_SomeWorks_AreDoneInOrderOnAThreadOfItsOwn()
    {
        using ICommunicator ranks = Alone();
        var thread = new CommunicationThread(ranks);
        var done = new ConcurrentQueue<int>();
        var names = new ConcurrentQueue<string?>();
        Work[] works = [.. Enumerable.Range(0, 5).Select(i => new Work(given =>
        {
            given.ShouldBeSameAs(ranks);
            thread.IsCurrent.ShouldBeTrue();
            done.Enqueue(i);
            names.Enqueue(Thread.CurrentThread.Name);
        }))];
        for (int round = 0; round < 2; round++)
        {
            Array.ForEach(works, thread.Post);
            Array.ForEach(works, work => work.Wait());
        }

        thread.Close();
        done.ShouldBe([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
        names.ShouldAllBe(name => name == "NeuralNet communication");
        thread.IsCurrent.ShouldBeFalse();
    }

    [Test]
    public void IsAwaited_BetweenBeginAndEnd_Holds()
    {
        using ICommunicator ranks = Alone();
        var thread = new CommunicationThread(ranks);
        thread.IsAwaited.ShouldBeFalse();
        thread.BeginWait();
        thread.BeginWait();
        thread.IsAwaited.ShouldBeTrue();
        thread.EndWait();
        thread.IsAwaited.ShouldBeTrue();
        thread.EndWait();
        thread.IsAwaited.ShouldBeFalse();
        thread.Close();
    }

    // The work ends only when it sees that this thread sleeps.
    [Test]
    public void Wait_ForWorkThatTakesLong_SleepsUntilItIsDone()
    {
        using ICommunicator ranks = Alone();
        var thread = new CommunicationThread(ranks);
        Thread waiting = Thread.CurrentThread;
        bool sleeps = false, isAwaited = false;
        var work = new Work(_ =>
        {
            sleeps = SpinWait.SpinUntil(() => IsAsleep(waiting), s_longest);
            isAwaited = thread.IsAwaited;
        });
        thread.Post(work);
        work.Wait();
        (sleeps, isAwaited, thread.IsAwaited).ShouldBe((true, true, false));
        thread.Close();
    }

    [Test]
    public void Wait_WorkThatFailed_ThrowsOnceAndCanBePostedAgain()
    {
        using ICommunicator ranks = Alone();
        var thread = new CommunicationThread(ranks);
        bool fails = true;
        var work = new Work(_ =>
        {
            if (fails)
            {
                throw new FormatException("on purpose");
            }
        });
        thread.Post(work);
        Should.Throw<FormatException>(work.Wait).Message.ShouldBe("on purpose");
        Should.NotThrow(work.Wait);
        fails = false;
        thread.Post(work);
        Should.NotThrow(work.Wait);
        thread.Close();
    }

    [Test]
    public void Close_WhileItSleeps_EndsIt()
    {
        using ICommunicator ranks = Alone();
        var thread = new CommunicationThread(ranks);
        Thread? own = null;
        var work = new Work(_ => own = Thread.CurrentThread);
        thread.Post(work);
        work.Wait();
        SpinWait.SpinUntil(() => IsAsleep(own!), s_longest).ShouldBeTrue();
        thread.Close();
        own!.IsAlive.ShouldBeFalse();
    }

    [Test]
    public void Close_ByItsOwnWork_DoesNotWaitForItself()
    {
        using ICommunicator ranks = Alone();
        var thread = new CommunicationThread(ranks);
        var work = new Work(_ => thread.Close());
        thread.Post(work);
        Should.NotThrow(work.Wait);
    }

    private static bool IsAsleep(Thread thread) => (thread.ThreadState & ThreadState.WaitSleepJoin) != 0;

    private static ICommunicator Alone() => Communicator.Start(new CommunicatorSettings { Library = "alone" });

    private sealed class Work(Action<ICommunicator> action) : CommunicationWork
    {
        protected override void Run(ICommunicator ranks) => action(ranks);
    }
}
