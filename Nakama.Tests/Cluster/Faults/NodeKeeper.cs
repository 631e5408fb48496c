using System.Collections.Concurrent;
using Nakama.Tests.Cluster.Processes;

namespace Nakama.Tests.Cluster.Faults;

/// <summary>Starts nodes again that have ended, as the app host, a restart policy, or systemd does.</summary>
internal sealed class NodeKeeper : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly ProcessCluster _cluster;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<(int Number, int ExitCode)> _ended = [];
    private readonly Task _keeping;

    private NodeKeeper(ProcessCluster cluster, int count)
    {
        _cluster = cluster;
        _keeping = Task.WhenAll(Enumerable.Range(1, count).Select(KeepAsync));
    }

    /// <summary>Keeps nodes 1 to <paramref name="count"/>, which run.</summary>
    public static NodeKeeper Start(ProcessCluster cluster, int count) => new(cluster, count);

    /// <summary>Which nodes have ended with which code since the last time this was asked.</summary>
    public IReadOnlyList<(int Number, int ExitCode)> TakeEnded()
    {
        var ended = new List<(int, int)>();
        while (_ended.TryDequeue(out var node)) ended.Add(node);
        return ended;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _keeping;
        _stop.Dispose();
    }

    private async Task KeepAsync(int number)
    {
        while (!_stop.IsCancellationRequested)
        {
            if (_cluster[number].ExitCode is not { } code)
            {
                await Task.Delay(Look);
                continue;
            }

            _ended.Enqueue((number, code));
            while (!_stop.IsCancellationRequested && !await TryStartAsync(number)) await Task.Delay(Pause);
        }
    }

    private async Task<bool> TryStartAsync(int number)
    {
        try
        {
            await _cluster.StartNodeAsync(number);
            return true;
        }
        catch (InvalidOperationException)
        {
            // It has ended before it was ready, as without its database.
            return false;
        }
    }
}
