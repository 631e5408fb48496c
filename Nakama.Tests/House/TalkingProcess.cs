using System.Diagnostics;
using System.Text;

namespace Nakama.Tests.House;

/// <summary>A program that is listened to while it runs, and ended when enough was heard.</summary>
internal sealed class TalkingProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly StringBuilder _heard = new();

    public TalkingProcess(string program, string[] arguments, string folder)
    {
        _process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
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
}
