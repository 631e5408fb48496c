using Google.Protobuf.WellKnownTypes;
using Nakama.Server.Hooks;
using Nakama.Server.Sessions;
using Event = Nakama.Protocol.Api.Event;

namespace Nakama.Server.Runtime.Events;

/// <summary>Raises an event for each session that begins or ends, if there are handlers.</summary>
internal sealed class SessionEvents(EventRegistry registry, EventQueue queue, TimeProvider time) : ISessionListener
{
    public SessionStage Stage => SessionStage.Watchers;

    public void OnOpened(Session session) => Add(registry.SessionStart, "session_start", session, reason: null);

    public void OnEnded(Session session, SessionClose reason) => Add(registry.SessionEnd, "session_end", session, reason);

    private void Add(IReadOnlyList<RuntimeEventHandler> handlers, string name, Session session, SessionClose? reason)
    {
        if (handlers.Count == 0) return;
        var happened = new Event { Name = name, Timestamp = Timestamp.FromDateTimeOffset(time.GetUtcNow()) };
        if (reason is not null) happened.Properties.Add("reason", reason.Description);
        var caller = new HookCaller(
            session.UserId, session.Username, session.Vars, session.Expiry, session.Id, session.Lang, session.ClientIp, session.ClientPort);
        queue.TryAdd(handlers, RuntimeContext.OfHook(ExecutionMode.Event, name, caller), happened);
    }
}
