using System.Collections.Concurrent;
using Nakama.Server.Errors;

namespace Nakama.Server.Metrics;

/// <summary>The server's metrics, under the names that dashboards of the reference server expect.</summary>
public sealed class ServerMetrics(MetricRegistry registry)
{
    private readonly ConcurrentDictionary<string, MethodMetrics> _methods = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Transport, string Id, StatusCode Code), LabelledMetrics> _rpcs = new();

    private readonly ConcurrentDictionary<string, RpcMetrics> _rpcsOfAll = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(bool Before, string Method), HookMetrics> _hooks = new();

    private readonly Counter _overall = registry.Counter("overall_count");
    private readonly Counter _received = registry.Counter("overall_recv_bytes");
    private readonly Counter _sent = registry.Counter("overall_sent_bytes");
    private readonly Counter _requests = registry.Counter("overall_request_count");
    private readonly Counter _requestReceived = registry.Counter("overall_request_recv_bytes");
    private readonly Counter _requestSent = registry.Counter("overall_request_sent_bytes");
    private readonly Counter _messages = registry.Counter("overall_message_count");
    private readonly Counter _messageReceived = registry.Counter("overall_message_recv_bytes");
    private readonly Counter _messageSent = registry.Counter("overall_message_sent_bytes");
    private readonly Counter _presenceEvents = registry.Counter("presence_event_count");
    private readonly Summary _presenceDequeue = registry.Summary("presence_event_dequeue_latency_ms");
    private readonly Summary _presenceProcess = registry.Summary("presence_event_process_latency_ms");
    private readonly Counter _opened = registry.Counter("socket_ws_opened");
    private readonly Counter _closed = registry.Counter("socket_ws_closed");
    private readonly Summary _matchmakerProcess = registry.Summary("matchmaker_process_time");
    private long _errors;

    /// <summary>The duration of requests, all methods together.</summary>
    public Summary RequestLatency { get; } = registry.Summary("overall_latency_ms");

    /// <summary>The totals since the start.</summary>
    public TrafficTotals Totals =>
        new(_requests.Value, _messages.Value, Volatile.Read(ref _errors), _received.Value, _sent.Value, RequestLatency.Sum);

    /// <summary>Adds a gauge, read whenever metrics are collected.</summary>
    public void Gauge(string name, Func<double> read) => registry.Gauge(name, read);

    /// <summary>A request of the API was answered.</summary>
    public void RequestDone(string method, StatusCode code, long received, long sent, TimeSpan elapsed)
    {
        CountRequest(code, received, sent, elapsed);
        _methods.GetOrAdd(method, static (name, to) => new MethodMetrics(to, name), registry).Done(code, received, sent, elapsed);
    }

    /// <summary>A call of a registered function was answered.</summary>
    /// <param name="transport"><c>api_rpc</c> over HTTP, <c>ws_rpc</c> over a socket.</param>
    public void RpcDone(string transport, string id, StatusCode code, long received, long sent, TimeSpan elapsed)
    {
        CountRequest(code, received, sent, elapsed);
        _rpcsOfAll.GetOrAdd(id, static (id, to) => new RpcMetrics(to, id), registry).Done(code != StatusCode.Ok, received, sent, elapsed);
        _rpcs.GetOrAdd((transport, id, code), static (key, to) => new LabelledMetrics(to, key.Transport, key.Id, key.Code), registry)
            .Done(received, sent, elapsed);
    }

    /// <summary>A message of a socket was handled.</summary>
    public void MessageDone(long received, bool failed)
    {
        _overall.Increment();
        _messages.Increment();
        _received.Add(received);
        _messageReceived.Add(received);
        if (failed) CountError("overall_message_errors");
    }

    /// <summary>Bytes were written to a socket.</summary>
    public void MessagesSent(long bytes)
    {
        _sent.Add(bytes);
        _messageSent.Add(bytes);
    }

    /// <summary>A hook of game logic ran.</summary>
    public void HookDone(bool before, string method, bool failed, TimeSpan elapsed)
    {
        // The empty name stands for all methods together.
        foreach (var name in (ReadOnlySpan<string>)["", method])
            _hooks.GetOrAdd((before, name), static (key, to) => MakeHook(to, key.Before, key.Method), registry).Done(failed, elapsed);
    }

    public void SocketOpened() => _opened.Increment();

    public void SocketClosed() => _closed.Increment();

    /// <summary>A batch of presence changes was sent to clients.</summary>
    /// <param name="waited">From the change until its processing began.</param>
    /// <param name="processed">From then until it was sent.</param>
    public void PresenceEventsDone(int count, TimeSpan waited, TimeSpan processed)
    {
        _presenceEvents.Add(count);
        _presenceDequeue.Record(waited);
        _presenceProcess.Record(processed);
    }

    /// <summary>A storage write was refused.</summary>
    /// <param name="reason"><c>version</c> or <c>permission</c>.</param>
    public void StorageWriteRejected(string collection, string reason) =>
        registry.Counter("storage_write_reject_count", new("collection", collection), new("reason", reason)).Increment();

    /// <summary>A round of the matchmaker has finished.</summary>
    public void MatchmakerRoundDone(TimeSpan elapsed) => _matchmakerProcess.Record(elapsed);

    /// <summary>An event was lost because its queue was full.</summary>
    public void EventDropped() => registry.Counter("dropped_events").Increment();

    /// <summary>A function of a module was not called, because no interpreter was free for it.</summary>
    public void RuntimeCallRefused() => registry.Counter("runtime_refused_calls").Increment();

    public void InterpreterReplaced() => registry.Counter("runtime_replaced_interpreters").Increment();

    private static HookMetrics MakeHook(MetricRegistry to, bool before, string method)
    {
        var when = before ? "before" : "after";
        return new HookMetrics(to, method.Length == 0 ? $"overall_{when}" : $"{when}_{method}");
    }

    private void CountRequest(StatusCode code, long received, long sent, TimeSpan elapsed)
    {
        _overall.Increment();
        _requests.Increment();
        _received.Add(received);
        _requestReceived.Add(received);
        _sent.Add(sent);
        _requestSent.Add(sent);
        RequestLatency.Record(elapsed);
        if (code != StatusCode.Ok) CountError("overall_request_errors");
    }

    private void CountError(string name)
    {
        Interlocked.Increment(ref _errors);
        registry.Counter("overall_errors").Increment();
        registry.Counter(name).Increment();
    }
}
