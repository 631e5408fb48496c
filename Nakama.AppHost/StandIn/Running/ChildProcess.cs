using System.Diagnostics;

namespace Aspire.Hosting.Running;

/// <summary>A process of the house. Its output goes to the terminal; it ends when we do, however we end.</summary>
internal sealed class ChildProcess
{
    private const int RememberedLines = 30;
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(1);

    private readonly Queue<string> _lastLines = new();
    private readonly Process _process;
    private readonly Keeper _keeper;

    private ChildProcess(string name, Process process, Terminal terminal, Keeper keeper)
    {
        _process = process;
        _keeper = keeper;
        Ended = WaitAsync(Task.WhenAll(
            ReadAsync(process.StandardOutput, line => terminal.Line(name, line)),
            ReadAsync(process.StandardError, line => terminal.Line(name, line))));
    }

    /// <summary>The exit code, once the process is gone.</summary>
    public Task<int> Ended { get; }

    public bool IsStopping { get; private set; }

    /// <summary>What it printed last, for the report of its failure.</summary>
    public string LastLines
    {
        get
        {
            lock (_lastLines) return string.Join(Environment.NewLine, _lastLines);
        }
    }

    /// <exception cref="HouseException">There is no such program.</exception>
    public static ChildProcess Start(string name, ProcessStartInfo start, Terminal terminal, Keeper keeper, Signal signal)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        if (!Exists(start.FileName)) throw new HouseException($"{name}: there is no program {start.FileName}.");
        Detach(start);
        var process = Process.Start(start)!;
        keeper.Watch(process.Id, signal);
        process.StandardInput.Close();
        return new ChildProcess(name, process, terminal, keeper);
    }

    /// <summary>Asks the process to end, and kills it if it does not.</summary>
    public async Task StopAsync(Signal signal)
    {
        IsStopping = true;
        if (!Ended.IsCompleted) _process.Send(signal);
        if (await Task.WhenAny(Ended, Task.Delay(Signals.Patience)) == Ended) return;
        _process.Kill(entireProcessTree: true);
        await Ended;
    }

    /// <summary>Out of the terminal's reach, so that Ctrl+C comes to us alone and the order of stopping is ours.</summary>
    public static void Detach(ProcessStartInfo start)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/setsid")) return;
        start.ArgumentList.Insert(0, start.FileName);
        start.FileName = "/usr/bin/setsid";
    }

    private static bool Exists(string program)
    {
        if (Path.GetDirectoryName(program) is { Length: > 0 }) return File.Exists(program);
        var suffix = OperatingSystem.IsWindows() && !Path.HasExtension(program) ? ".exe" : "";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Any(folder => File.Exists(Path.Combine(folder, program + suffix)));
    }

    private async Task<int> WaitAsync(Task output)
    {
        var exited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.Exited += (_, _) => exited.TrySetResult();
        _process.EnableRaisingEvents = true;
        if (_process.HasExited) exited.TrySetResult();
        await exited.Task;
        _keeper.Forget(_process.Id);
        // A grandchild may hold the pipes open, so the end of the output is not waited for without bound.
        await Task.WhenAny(output, Task.Delay(OutputPatience));
        return _process.ExitCode;
    }

    private async Task ReadAsync(StreamReader reader, Action<string> show)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_lastLines)
            {
                if (_lastLines.Count == RememberedLines) _lastLines.Dequeue();
                _lastLines.Enqueue(line);
            }
            show(line);
        }
    }
}
