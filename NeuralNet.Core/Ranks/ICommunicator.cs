using System.Numerics;

namespace NeuralNet.Core.Ranks;

/// <summary>The ranks of one job: processes of one program, on one machine or many, each with a number, that exchange numbers. <see cref="Communicator"/> makes it.</summary>
/// <remarks>
/// <para><b>All together.</b> Every rank calls the same methods in the same order with the same lengths; a rank that does not come is waited for up to
/// <see cref="CommunicatorSettings.Timeout"/>, and then the whole job ends with a message that names it.</para>
/// <para><b>Same bits.</b> A sum is formed in the order of the ranks, whatever library and network carry it: the same numbers on as many ranks give the same bits, on every rank.</para>
/// <para><b>Threads.</b> All communication happens on one thread of the communicator's own, in the order in which it was asked for. Methods may be called from any thread, and return
/// when their part is done, except <see cref="Post"/>. Nothing is allocated in steady state.</para>
/// </remarks>
public interface ICommunicator : IDisposable
{
    /// <summary>The number of this process, from 0 to <see cref="Size"/> − 1.</summary>
    int Rank { get; }

    /// <summary>How many ranks there are, 1 or more.</summary>
    int Size { get; }

    /// <summary>The number of this process among those on the same machine.</summary>
    int LocalRank { get; }

    /// <summary>How many ranks run on this machine.</summary>
    int LocalSize { get; }

    /// <summary>One line that says what connects the ranks, and why that was taken.</summary>
    string Description { get; }

    /// <summary>Gives all ranks the numbers of one of them.</summary>
    /// <typeparam name="T">Any type without references.</typeparam>
    /// <param name="numbers">At the root what is sent, elsewhere what receives it: any length, the same on all ranks.</param>
    /// <param name="root">Whose numbers; those of rank 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rank.</exception>
    void Broadcast<T>(Span<T> numbers, int root = 0) where T : unmanaged;

    /// <summary><c>x ← x₀ + x₁ + … + x₍ₖ₋₁₎</c>, entry by entry, in the order of the ranks: the same bits on all of them.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="numbers">This rank's numbers, then the sums: any length, the same on all ranks.</param>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    void AllReduce<T>(Span<T> numbers) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Gives all ranks the numbers of all.</summary>
    /// <typeparam name="T">Any type without references.</typeparam>
    /// <param name="own">This rank's numbers: any length, the same on all ranks.</param>
    /// <param name="all">Receives those of rank 0, then those of rank 1, and so on.</param>
    /// <exception cref="ArgumentException"><paramref name="all"/> is not <see cref="Size"/> times as long.</exception>
    void AllGather<T>(ReadOnlySpan<T> own, Span<T> all) where T : unmanaged;

    /// <summary>Waits until all ranks have come here.</summary>
    void Barrier();

    /// <summary>Lets the communicator's thread do some work, after what it was given before, while the caller goes on: <see cref="CommunicationWork.Wait"/> waits for its end.</summary>
    /// <param name="work">The work. It is not under way already.</param>
    /// <exception cref="InvalidOperationException">It is under way.</exception>
    void Post(CommunicationWork work);

    /// <summary>Ends the whole job at once, all ranks of it, with a message that names this rank. Alone, it throws.</summary>
    /// <param name="reason">What has happened, in a sentence.</param>
    /// <exception cref="InvalidOperationException">There is only this rank.</exception>
    void Abort(string reason);
}
