using System.Diagnostics;

namespace Aspire.Hosting.Running;

/// <summary>
/// Our end of the pipe to a small process that outlives us. When the pipe closes, because we are done or because we were
/// killed, that process ends whatever we have not ended ourselves. This works the same on every system.
/// </summary>
internal sealed class Keeper : IAsyncDisposable
{
    /// <summary>The argument by which the app host's program becomes the keeper.</summary>
    public const string Argument = "--keep-watch";

    private readonly Process _process;
    private readonly Lock _writing = new();

    public Keeper()
    {
        var start = new ProcessStartInfo(DotNetHost.Path, [typeof(Keeper).Assembly.Location, Argument])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        ChildProcess.Detach(start);
        _process = Process.Start(start)!;
    }

    public void Watch(int processId, Signal signal) => Write($"watch {processId} {(int)signal}");

    public void Forget(int processId) => Write($"forget {processId}");

    /// <summary>Removes the folder when everything has ended.</summary>
    public void Delete(string folder) => Write($"delete {folder}");

    public async ValueTask DisposeAsync()
    {
        Try(() => _process.StandardInput.Close());
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Write(string line)
    {
        lock (_writing)
        {
            Try(() =>
            {
                _process.StandardInput.WriteLine(line);
                _process.StandardInput.Flush();
            });
        }
    }

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (IOException)
        {
            // Somebody has ended the keeper. The house stands without it as long as we end in order.
        }
    }
}
