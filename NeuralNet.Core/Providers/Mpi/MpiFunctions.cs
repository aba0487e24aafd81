using System.Text;

namespace NeuralNet.Core.Providers.Mpi;

/// <summary>The functions of an MPI library that the project calls, with the handles of its family.</summary>
/// <remarks>
/// <para>Handles (communicator, type of data) are pointers in Open MPI and in the standard ABI of MPI 5, and integers of 32 bits in the family of MPICH. All are passed as a machine
/// word: the calling conventions of 64-bit systems pass both in a register, of which a function that takes an integer reads the lower half.</para>
/// <para>Everything is sent as bytes, from one rank to another, and summed here: so nothing depends on what a library does in its collective functions.</para>
/// <para><b>Threads.</b> All but <see cref="Find"/>: that which called <see cref="Start"/>.</para>
/// </remarks>
internal sealed unsafe class MpiFunctions
{
    private const int LongestVersion = 8192;

    private static readonly string[] s_names =
    [
        "MPI_Get_library_version", "MPI_Init_thread", "MPI_Initialized", "MPI_Comm_rank", "MPI_Comm_size", "MPI_Isend", "MPI_Irecv", "MPI_Test", "MPI_Testall", "MPI_Abort", "MPI_Finalize",
    ];

    private readonly delegate* unmanaged[Cdecl]<int*, byte***, int, int*, int> _initThread;
    private readonly delegate* unmanaged[Cdecl]<int*, int> _initialized;
    private readonly delegate* unmanaged[Cdecl]<nint, int*, int> _commRank;
    private readonly delegate* unmanaged[Cdecl]<nint, int*, int> _commSize;
    private readonly delegate* unmanaged[Cdecl]<byte*, int, nint, int, int, nint, byte*, int> _isend;
    private readonly delegate* unmanaged[Cdecl]<byte*, int, nint, int, int, nint, byte*, int> _irecv;
    private readonly delegate* unmanaged[Cdecl]<byte*, int*, nint, int> _test;
    private readonly delegate* unmanaged[Cdecl]<int, byte*, int*, nint, int> _testall;
    private readonly delegate* unmanaged[Cdecl]<nint, int, int> _abort;
    private readonly delegate* unmanaged[Cdecl]<int> _finalize;
    private readonly nint _world;
    private readonly nint _byte;
    private readonly nint _ignored;

    private MpiFunctions(SystemLibrary library, string version, MpiFamily family)
    {
        (File, Version, Family) = (library.File, version, family);
        _initThread = (delegate* unmanaged[Cdecl]<int*, byte***, int, int*, int>)library["MPI_Init_thread"];
        _initialized = (delegate* unmanaged[Cdecl]<int*, int>)library["MPI_Initialized"];
        _commRank = (delegate* unmanaged[Cdecl]<nint, int*, int>)library["MPI_Comm_rank"];
        _commSize = (delegate* unmanaged[Cdecl]<nint, int*, int>)library["MPI_Comm_size"];
        _isend = (delegate* unmanaged[Cdecl]<byte*, int, nint, int, int, nint, byte*, int>)library["MPI_Isend"];
        _irecv = (delegate* unmanaged[Cdecl]<byte*, int, nint, int, int, nint, byte*, int>)library["MPI_Irecv"];
        _test = (delegate* unmanaged[Cdecl]<byte*, int*, nint, int>)library["MPI_Test"];
        _testall = (delegate* unmanaged[Cdecl]<int, byte*, int*, nint, int>)library["MPI_Testall"];
        _abort = (delegate* unmanaged[Cdecl]<nint, int, int>)library["MPI_Abort"];
        _finalize = (delegate* unmanaged[Cdecl]<int>)library["MPI_Finalize"];
        // The world, the type of a byte, and the place of a status that nobody wants.
        (_world, _byte, _ignored) = family switch
        {
            MpiFamily.OpenMpi => (library["ompi_mpi_comm_world"], library["ompi_mpi_byte"], 0),
            MpiFamily.Mpich => (0x44000000, 0x4c00010d, 1),
            _ => (0x101, (nint)0x247, 0),
        };
    }

    /// <summary>The library's file, as the system's loader took it.</summary>
    public string File { get; }

    /// <summary>What the library calls itself, such as <c>Open MPI v4.1.4</c>.</summary>
    public string Version { get; }

    /// <summary>What its handles are.</summary>
    public MpiFamily Family { get; }

    /// <summary>How many bytes a request has.</summary>
    public int RequestSize => Family == MpiFamily.Mpich ? sizeof(int) : sizeof(nint);

    /// <summary>Looks for a library and asks for its name; does not start it.</summary>
    /// <param name="files">Its names or paths, the preferred first.</param>
    /// <param name="functions">The functions; null where it is not there.</param>
    /// <returns>Why a file that was found does not count; null where none was found or one does.</returns>
    public static string? Find(IReadOnlyList<string> files, out MpiFunctions? functions)
    {
        functions = null;
        SystemLibrary library = SystemLibrary.Find(files, s_names);
        if (!library.IsInstalled)
        {
            return library.Problem;
        }

        byte* text = stackalloc byte[LongestVersion];
        int length = 0;
        _ = ((delegate* unmanaged[Cdecl]<byte*, int*, int>)library["MPI_Get_library_version"])(text, &length);
        string said = Encoding.UTF8.GetString(text, Math.Clamp(length, 0, LongestVersion)).TrimEnd('\0', '\n', ' ');
        MpiFamily? family = FamilyOf(said, library);
        if (family is null)
        {
            return $"{library.File} calls itself '{Short(said)}', which is none of Open MPI, MPICH and what has its ABI, or the standard ABI of MPI 5";
        }

        functions = new MpiFunctions(library, Short(said), family.Value);
        return null;
    }

    /// <summary>Starts MPI, for calls of this thread only.</summary>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    /// <exception cref="PlatformNotSupportedException">The library cannot be called beside other threads.</exception>
    public (int Rank, int Size) Start()
    {
        int flag = 0, provided = 0, rank = 0, size = 0;
        _ = _initialized(&flag);
        if (flag != 0)
        {
            throw new InvalidOperationException($"{Version} was started in this process already, by something else than {nameof(Ranks.Communicator)}.");
        }

        int funneled = Family == MpiFamily.StandardAbi ? 1024 : 1;
        ThrowIfFailed(_initThread(null, null, funneled, &provided), "MPI_Init_thread");
        if (provided < funneled)
        {
            throw new PlatformNotSupportedException(
                $"{Version} ({File}) does not go with several threads in a process: it gives the thread level {provided}, and {funneled} (MPI_THREAD_FUNNELED) is needed.");
        }

        ThrowIfFailed(_commRank(_world, &rank), "MPI_Comm_rank");
        ThrowIfFailed(_commSize(_world, &size), "MPI_Comm_size");
        return (rank, size);
    }

    /// <summary>Begins to send bytes.</summary>
    public void Send(byte* bytes, int count, int rank, int tag, byte* request) => ThrowIfFailed(_isend(bytes, count, _byte, rank, tag, _world, request), "MPI_Isend");

    /// <summary>Begins to receive bytes.</summary>
    public void Receive(byte* bytes, int count, int rank, int tag, byte* request) => ThrowIfFailed(_irecv(bytes, count, _byte, rank, tag, _world, request), "MPI_Irecv");

    /// <summary>Lets messages go on.</summary>
    /// <returns>Whether all requests are complete.</returns>
    public bool AreComplete(byte* requests, int count)
    {
        int flag = 0;
        ThrowIfFailed(_testall(count, requests, &flag, _ignored), "MPI_Testall");
        return flag != 0;
    }

    /// <summary>Lets messages go on.</summary>
    /// <returns>Whether the request is complete.</returns>
    public bool IsComplete(byte* request)
    {
        int flag = 0;
        ThrowIfFailed(_test(request, &flag, _ignored), "MPI_Test");
        return flag != 0;
    }

    /// <summary>Ends all ranks of the job.</summary>
    public void Abort() => _ = _abort(_world, 1);

    /// <summary>Ends MPI in this process.</summary>
    public void End() => _ = _finalize();

    // Open MPI has its handles as data; whoever has none of them and is called by the soname of the standard ABI has that.
    private static MpiFamily? FamilyOf(string said, SystemLibrary library) =>
        Path.GetFileName(library.File).StartsWith("libmpi_abi", StringComparison.Ordinal) ? MpiFamily.StandardAbi
        : library.Has("ompi_mpi_comm_world") && library.Has("ompi_mpi_byte") ? MpiFamily.OpenMpi
        : said.Contains("MPICH", StringComparison.OrdinalIgnoreCase) || said.Contains("Intel", StringComparison.OrdinalIgnoreCase)
            || said.Contains("MVAPICH", StringComparison.OrdinalIgnoreCase) ? MpiFamily.Mpich
        : null;

    private static string Short(string said)
    {
        string line = said.Split('\n')[0].Split(',')[0];
        return string.Join(' ', line.Replace("Version:", " ", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private void ThrowIfFailed(int code, string function)
    {
        if (code != 0)
        {
            throw new InvalidOperationException($"{function} of {Version} ({File}) failed with code {code}.");
        }
    }
}
