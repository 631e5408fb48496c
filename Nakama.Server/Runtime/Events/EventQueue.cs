using System.Threading.Channels;
using Nakama.Protocol.Api;
using Nakama.Server.Lifecycle;
using Nakama.Server.Metrics;

namespace Nakama.Server.Runtime.Events;

/// <summary>
/// Passes events to their handlers, a few at a time, without blocking the caller. The queue is bounded: when the handlers
/// do not keep up, further events are dropped, counted and logged.
/// </summary>
public sealed class EventQueue(RuntimeOptions options, ServerMetrics metrics, ILogger<EventQueue> log) : NodeBackgroundService
{
    private readonly Channel<Waiting> _channel = Channel.CreateBounded<Waiting>(
        new BoundedChannelOptions(Math.Max(1, options.EventQueueSize)) { FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Raised for every event of the game, with the user that sent it; empty for events of modules.</summary>
    public event Action<string, Event>? Happened;

    /// <summary>Tells observers of an event of the game, whether it has handlers or not.</summary>
    public void Notice(string userId, Event happened) => Happened?.Invoke(userId, happened);

    /// <summary>Queues an event for the handlers and returns at once; false when it was dropped.</summary>
    public bool TryAdd(IReadOnlyList<RuntimeEventHandler> handlers, RuntimeContext context, Event happened)
    {
        if (handlers.Count == 0 || _channel.Writer.TryWrite(new(handlers, context, happened))) return true;
        metrics.EventDropped();
        EventLog.Dropped(log, happened.Name);
        return false;
    }

    protected override Task RunUntilStoppedAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Math.Max(1, options.EventQueueWorkers)).Select(_ => WorkAsync(stoppingToken)));

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await foreach (var waiting in _channel.Reader.ReadAllAsync(stoppingToken))
        {
            foreach (var handler in waiting.Handlers)
            {
                try
                {
                    await handler(waiting.Context, waiting.Event, stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                {
                    EventLog.HandlerFailed(log, e, waiting.Event.Name);
                }
            }
        }
    }

    private readonly record struct Waiting(IReadOnlyList<RuntimeEventHandler> Handlers, RuntimeContext Context, Event Event);
}
