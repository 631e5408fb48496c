using System.Diagnostics;
using Nakama.Protocol.Realtime;
using Nakama.Server.Api;
using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Server.Hooks;
using Nakama.Server.Metrics;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;
using Error = Nakama.Protocol.Realtime.Error;

namespace Nakama.Server.Realtime;

/// <summary>
/// Runs one message of a session: rate limits, before hook, handler, after hook, answer. Transports call it for one message after
/// the other, so the messages of one session never run concurrently.
/// </summary>
public sealed class RealtimePipeline
{
    /// <summary>The activity source, with one span per message.</summary>
    public static readonly ActivitySource Spans = new("Nakama.Realtime");

    private volatile Lazy<Route[]> _routes;
    private readonly PresenceTracker _tracker;
    private readonly MessageRateLimits? _limits;
    private readonly ServerMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<RealtimePipeline> _logger;

    public RealtimePipeline(
        IEnumerable<IRealtimeFeature> features,
        HookRegistry hooks,
        PresenceTracker tracker,
        MessageRateLimits limits,
        ServerMetrics metrics,
        TimeProvider time,
        ILogger<RealtimePipeline> logger)
    {
        _tracker = tracker;
        _limits = limits.IsOn ? limits : null;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        var map = new RealtimeMap();
        foreach (var feature in features) feature.Map(map);
        // Hooks are registered while the node starts, so they are looked up when the first message arrives.
        _routes = new(() => MakeRoutes(map, hooks));
        hooks.Changed += () => _routes = new(() => MakeRoutes(map, hooks));
    }

    /// <summary>Runs one message. Completes synchronously unless something has to be awaited; never throws.</summary>
    /// <param name="session">The sender's session.</param>
    /// <param name="request">The message.</param>
    /// <param name="size">Its received length in bytes.</param>
    public ValueTask ProcessAsync(Session session, Envelope request, int size)
    {
        var kind = request.MessageCase;
        if (!RealtimeMap.IsFromClients(kind))
        {
            _metrics.MessageDone(size, failed: true);
            // The contract defines errors for a missing and for an unknown message, but the close would arrive before them.
            session.Close(SessionClose.ProcessingFailed);
            return default;
        }

        if (_limits is not null && !_limits.Admits(session))
        {
            RefuseOneTooMany(session, request.Cid, size);
            return default;
        }

        var route = _routes.Value[(int)kind];
        if (!route.IsPlain || _tracker.IsCongested || Spans.HasListeners()) return ProcessFullyAsync(session, request, size, route);

        try
        {
            var running = route.Handler(session, request, session.Closed);
            if (!running.IsCompletedSuccessfully) return AnswerLaterAsync(session, request.Cid, size, running);
            Answer(session, request.Cid, running.Result);
            _metrics.MessageDone(size, failed: false);
        }
        catch (Exception e)
        {
            Refuse(session, request.Cid, size, e);
        }
        return default;
    }

    private static Route[] MakeRoutes(RealtimeMap map, HookRegistry hooks)
    {
        var routes = new Route[64];
        foreach (var kind in Enum.GetValues<Envelope.MessageOneofCase>())
        {
            if (!RealtimeMap.IsFromClients(kind)) continue;
            var name = kind.ToString();
            // Functions are called by name and have no hooks of their own.
            var hasHooks = kind != Envelope.MessageOneofCase.Rpc;
            routes[(int)kind] = new Route(
                name,
                map.Find(kind) ?? (static (_, _, _) => throw RealtimeErrors.NotImplemented),
                hasHooks ? hooks.FindBefore(name) : null,
                hasHooks ? hooks.FindAfter(name) : null);
        }
        return routes;
    }

    private static void Answer(Session session, string cid, Envelope? answer)
    {
        if (answer is null) return;
        if (answer.CalculateSize() > ApiAnswers.MaxBytes) throw RealtimeErrors.AnswerTooLarge;
        answer.Cid = cid;
        session.TrySend(new EncodedMessage(answer));
    }

    private async ValueTask AnswerLaterAsync(Session session, string cid, int size, ValueTask<Envelope?> running)
    {
        try
        {
            Answer(session, cid, await running);
            _metrics.MessageDone(size, failed: false);
        }
        catch (Exception e)
        {
            Refuse(session, cid, size, e);
        }
    }

    private async ValueTask ProcessFullyAsync(Session session, Envelope request, int size, Route route)
    {
        using var span = Spans.StartActivity(route.Name, ActivityKind.Server);
        try
        {
            if (_tracker.IsCongested) await _tracker.RelievedAsync(session.Closed);
            if (route.Before is not null)
            {
                var kind = request.MessageCase;
                var replaced = await RunBeforeAsync(session, request, route);
                if (replaced is null)
                {
                    CloseAsRefused(session, request.Cid, size);
                    return;
                }

                if (replaced.MessageCase == Envelope.MessageOneofCase.None)
                {
                    // The hook has returned an empty envelope: no handler runs and no answer is sent.
                    _metrics.MessageDone(size, failed: true);
                    return;
                }
                if (replaced.MessageCase != kind) throw RealtimeErrors.HookFailed("Before hook changed the kind of the message.");
                request = replaced;
            }

            var answer = await route.Handler(session, request, session.Closed);
            Answer(session, request.Cid, answer);
            _metrics.MessageDone(size, failed: false);
            if (route.After is not null) await RunAfterAsync(session, answer, request, route);
        }
        catch (Exception e)
        {
            span?.SetStatus(ActivityStatusCode.Error, e is RealtimeException ? e.Message : null);
            Refuse(session, request.Cid, size, e);
        }
    }

    private async ValueTask<Envelope?> RunBeforeAsync(Session session, Envelope request, Route route)
    {
        var startedAt = _time.GetTimestamp();
        var failed = true;
        try
        {
            var replaced = (Envelope?)await route.Before!(CallerOf(session), request, session.Closed);
            failed = false;
            return replaced;
        }
        catch (ApiException e) when (e.Reason == ApiErrors.BeforeHookReason)
        {
            throw RealtimeErrors.HookResultInvalid(e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw RealtimeErrors.HookFailed(e.Message);
        }
        finally
        {
            _metrics.HookDone(before: true, route.Name, failed, _time.GetElapsedTime(startedAt));
        }
    }

    private async ValueTask RunAfterAsync(Session session, Envelope? answer, Envelope request, Route route)
    {
        var startedAt = _time.GetTimestamp();
        var failed = true;
        try
        {
            await route.After!(CallerOf(session), answer, request, session.Closed);
            failed = false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            RealtimeLog.AfterHookFailed(_logger, e, route.Name);
        }
        finally
        {
            _metrics.HookDone(before: false, route.Name, failed, _time.GetElapsedTime(startedAt));
        }
    }

    private static HookCaller CallerOf(Session session) =>
        new(session.UserId, session.Username, session.Vars, session.Expiry, session.Id, session.Lang, session.ClientIp, session.ClientPort);

    /// <summary>A before hook that returns nothing ends the session.</summary>
    private void CloseAsRefused(Session session, string cid, int size)
    {
        _metrics.MessageDone(size, failed: true);
        var refusal = RealtimeErrors.ResourceNotFound;
        session.Close(SessionClose.ProcessingFailed, new Envelope { Cid = cid, Error = new Error { Code = (int)refusal.Code, Message = refusal.Message } });
    }

    private void RefuseOneTooMany(Session session, string cid, int size)
    {
        _metrics.MessageDone(size, failed: true);
        if (cid.Length == 0 && !_limits!.IsTold(session)) return;
        var error = new Error { Code = (int)Error.Types.Code.RuntimeException, Message = RealtimeErrors.TooManyMessagesText };
        session.TrySend(new EncodedMessage(new Envelope { Cid = cid, Error = error }));
    }

    private void Refuse(Session session, string cid, int size, Exception cause)
    {
        _metrics.MessageDone(size, failed: true);
        // The session is gone, so there is no receiver for an answer.
        if (cause is OperationCanceledException && session.IsClosing) return;
        var refusal = cause switch
        {
            RealtimeException own => own,
            ApiException { Status: StatusCode.InvalidArgument } input => RealtimeException.BadInput(input.Message),
            _ => null,
        };
        if (refusal is null)
        {
            if (!DatabaseErrors.IsAccountGone(cause)) RealtimeLog.HandlerFailed(_logger, cause, session.Id);
            refusal = RealtimeErrors.Fault;
        }
        var error = new Error { Code = (int)refusal.Code, Message = refusal.Message };
        session.TrySend(new EncodedMessage(new Envelope { Cid = refusal.EchoesCid ? cid : "", Error = error }));
    }

    private sealed record Route(string Name, RealtimeHandler Handler, BeforeHook? Before, AfterHook? After)
    {
        public bool IsPlain { get; } = Before is null && After is null;
    }
}
