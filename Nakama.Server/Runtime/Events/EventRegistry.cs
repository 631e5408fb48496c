namespace Nakama.Server.Runtime.Events;

/// <summary>
/// The event handlers: all handlers of a kind are called, in order of registration. Filled before the listeners open, and
/// changed when modules are loaded again.
/// </summary>
public sealed class EventRegistry
{
    private readonly EventHandlers _custom = new();
    private readonly EventHandlers _sessionStart = new();
    private readonly EventHandlers _sessionEnd = new();

    /// <summary>Handlers of events that clients and modules send.</summary>
    public IReadOnlyList<RuntimeEventHandler> Custom => _custom.All;

    public IReadOnlyList<RuntimeEventHandler> SessionStart => _sessionStart.All;

    public IReadOnlyList<RuntimeEventHandler> SessionEnd => _sessionEnd.All;

    public void OnEvent(RuntimeEventHandler handler) => _custom.Set(key: null, handler);

    public void OnSessionStart(RuntimeEventHandler handler) => _sessionStart.Set(key: null, handler);

    public void OnSessionEnd(RuntimeEventHandler handler) => _sessionEnd.Set(key: null, handler);

    /// <summary>The handlers of a kind of callback.</summary>
    internal EventHandlers Of(Callbacks.CallbackKind kind) => kind switch
    {
        Callbacks.CallbackKind.SessionStart => _sessionStart,
        Callbacks.CallbackKind.SessionEnd => _sessionEnd,
        _ => _custom,
    };
}
