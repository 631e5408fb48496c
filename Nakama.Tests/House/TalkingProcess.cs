using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Nakama.Tests.House;

/// <summary>A program that is listened to while it runs, and ended when enough was heard.</summary>
internal sealed partial class TalkingProcess : IDisposable
{
    private const int Interrupt = 2;

    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly StringBuilder _heard = new();

    public TalkingProcess(string program, string[] arguments, string folder, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => _errors.AppendLine(line.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>Everything it prints up to the line with this text.</summary>
    public async Task<string> SaysAsync(string text, CancellationToken cancellationToken)
    {
        string? line;
        do
        {
            line = await _process.StandardOutput.ReadLineAsync(cancellationToken);
            Assert.True(line is not null, $"It never said {text}.\n{_heard}\n{_errors}");
            _heard.AppendLine(line);
        }
        while (!line.Contains(text, StringComparison.Ordinal));
        return _heard.ToString();
    }

    /// <summary>Waits for its end; the answer is the exit code and everything it has printed.</summary>
    public async Task<(int ExitCode, string Printed)> EndsAsync(CancellationToken cancellationToken)
    {
        _heard.Append(await _process.StandardOutput.ReadToEndAsync(cancellationToken));
        await _process.WaitForExitAsync(cancellationToken);
        return (_process.ExitCode, $"{_heard}{_errors}");
    }

    /// <summary>Asks it to end, as Ctrl+C does; the answer is its exit code.</summary>
    public async Task<int> InterruptAsync(CancellationToken cancellationToken)
    {
        Assert.Equal(0, Kill(_process.Id, Interrupt));
        return (await EndsAsync(cancellationToken)).ExitCode;
    }

    /// <summary>Ends it at once, without asking and without what it has started.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
