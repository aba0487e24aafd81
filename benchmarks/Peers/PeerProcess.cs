using System.ComponentModel;
using System.Diagnostics;
using NeuralNet.Benchmarks.Measuring;

namespace NeuralNet.Benchmarks.Peers;

/// <summary>A running peer, spoken to in the line protocol that Peers/Programs/serving.py describes.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;
    private string _lastError = "";

    /// <summary>Starts a peer and waits until it is ready.</summary>
    /// <exception cref="PeerException">The program does not exist or ended before it was ready.</exception>
    public PeerProcess(string[] command, Setting setting, bool keepEnvironment)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (!keepEnvironment)
        {
            Settings.Clean(start.Environment);
        }

        foreach ((string name, string value) in setting.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            _process = Process.Start(start) ?? throw new PeerException($"{command[0]} did not start");
        }
        catch (Win32Exception failure)
        {
            throw new PeerException($"{command[0]} did not start: {failure.Message}");
        }

        _process.ErrorDataReceived += (_, line) => _lastError = string.IsNullOrWhiteSpace(line.Data) ? _lastError : line.Data;
        _process.BeginErrorReadLine();
        Version = Read("ready");
    }

    /// <summary>What the peer calls itself.</summary>
    public string Version { get; }

    /// <summary>Median microseconds of one run of the work, in a block of so many milliseconds; 0 ms is one run.</summary>
    public double Run(string work, double milliseconds) => Ask($"run {milliseconds} {work}");

    /// <summary>As <see cref="Run"/>, but repeated until nothing else has disturbed it; a single run is not, as it may train.</summary>
    public double RunUndisturbed(string work, double milliseconds) =>
        milliseconds == 0 ? Run(work, 0) : QuietMachine.Measure(() => Run(work, milliseconds), _process);

    /// <summary>The accuracy that the runs of the work have trained to.</summary>
    public double Score(string work) => Ask($"score {work}");

    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already.
        }

        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private double Ask(string line)
    {
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It has ended; reading tells why.
        }

        return double.Parse(Read("ok"));
    }

    private string Read(string expected)
    {
        string? answer = _process.StandardOutput.ReadLine();
        if (answer is null)
        {
            _process.WaitForExit();
            throw new PeerException($"{Path.GetFileName(_process.StartInfo.FileName)} ended: {_lastError}");
        }

        return answer.StartsWith(expected, StringComparison.Ordinal) ? answer[expected.Length..].Trim() : throw new PeerException(answer);
    }
}
