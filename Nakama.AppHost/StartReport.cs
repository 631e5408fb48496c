using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Nakama.AppHost;

/// <summary>The settings of the report on the terminal.</summary>
/// <param name="Needed">The resources that the server requires; the report ends the app host when one cannot start.</param>
/// <param name="Addresses">The text that is shown when all of them are ready.</param>
/// <param name="IsDebugged">
/// Whether a debugger has started the app host; then the dashboard keeps running after a failure.
/// </param>
internal sealed record StartReportOptions(string[] Needed, Func<string> Addresses, bool IsDebugged);

/// <summary>Reports on the terminal which resource has failed and why, and all addresses once the resources are ready.</summary>
internal sealed partial class StartReport(
    StartReportOptions options, ResourceNotificationService states, ResourceLoggerService logs, IHostApplicationLifetime host, TextWriter terminal) : IHostedLifecycleService
{
    private const int ShownLines = 8;

    private static readonly TimeSpan LogTimeout = TimeSpan.FromSeconds(2);

    private readonly HashSet<string> _failed = [];
    private readonly HashSet<string> _ready = [];
    private Task _watching = Task.CompletedTask;
    private bool _isStarted;

    /// <summary>Runs before the start, because the start ends only when no resource waits any more.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _watching = Task.Run(WatchAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => _watching;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task WatchAsync()
    {
        try
        {
            await foreach (var change in states.WatchAsync(host.ApplicationStopping))
            {
                var (name, snapshot) = (change.Resource.Name, change.Snapshot);
                if (Failure(snapshot) is { } failure)
                {
                    if (_failed.Add(name) && await ReportAsync(change.Resource, failure)) return;
                    continue;
                }

                _failed.Remove(name);
                if (IsReady(snapshot)) _ready.Add(name);
                if (_isStarted || !options.Needed.All(_ready.Contains)) continue;
                _isStarted = true;
                await terminal.WriteLineAsync(options.Addresses());
            }
        }
        catch (OperationCanceledException) when (host.ApplicationStopping.IsCancellationRequested)
        {
            // The app host is stopping.
        }
    }

    private static bool IsReady(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text == KnownResourceStates.Finished
        || (snapshot.State?.Text == KnownResourceStates.Running && snapshot.HealthStatus == HealthStatus.Healthy);

    private static string? Failure(CustomResourceSnapshot snapshot) => snapshot.State?.Text switch
    {
        var state when state == KnownResourceStates.FailedToStart => "could not start",
        var state when (state == KnownResourceStates.Exited || state == KnownResourceStates.Finished) && snapshot.ExitCode > 0 && !IsExpected(snapshot.ExitCode.Value) =>
            $"ended with exit code {snapshot.ExitCode}",
        _ => null,
    };

    /// <summary>
    /// The exit codes of a shell for a process that was ended by a signal, and that of a node that is started again, which are no
    /// failures.
    /// </summary>
    private static bool IsExpected(int exitCode) => exitCode is 128 + 2 or 128 + 9 or 128 + 15 or LostNodes.ExitCode;

    /// <summary>True when the app host ends because of the failure.</summary>
    private async Task<bool> ReportAsync(IResource resource, string failure)
    {
        // A resource that waits for a failed one fails after it, which adds no information.
        var isNews = _failed.Count == 1 || _isStarted;
        if (isNews)
        {
            await terminal.WriteLineAsync($"{resource.Name} {failure}.");
            await terminal.WriteAsync(await LastLinesAsync(resource));
        }

        if (_isStarted || options.IsDebugged || !options.Needed.Contains(resource.Name)) return false;

        Environment.ExitCode = 1;
        host.StopApplication();
        return true;
    }

    /// <summary>The resource's last output, as far as the orchestrator returns it in time.</summary>
    private async Task<string> LastLinesAsync(IResource resource)
    {
        var lines = new ConcurrentQueue<string>();
        try
        {
            await Task.Run(() => ReadAsync(resource, lines)).WaitAsync(LogTimeout);
        }
        catch (TimeoutException)
        {
            // The lines read so far are used.
        }
        return string.Concat(lines.TakeLast(ShownLines).Select(line => $"  {Decoration().Replace(line, "")}{Environment.NewLine}"));
    }

    private async Task ReadAsync(IResource resource, ConcurrentQueue<string> lines)
    {
        await foreach (var batch in logs.GetAllAsync(resource))
        {
            foreach (var line in batch) lines.Enqueue(line.Content);
        }
    }

    /// <summary>The timestamp before a line, and the colours within.</summary>
    [GeneratedRegex(@"^\d{4}-\S+Z |\e\[[0-9;]*m")]
    private static partial Regex Decoration();
}
