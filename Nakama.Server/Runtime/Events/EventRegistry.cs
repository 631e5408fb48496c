namespace Nakama.Server.Runtime.Events;

/// <summary>
/// The event handlers: all handlers of a kind are called, in order of registration. Filled before the listeners open and
/// only read afterwards.
/// </summary>
public sealed class EventRegistry
{
    private readonly List<RuntimeEventHandler> _custom = [];
    private readonly List<RuntimeEventHandler> _sessionStart = [];
    private readonly List<RuntimeEventHandler> _sessionEnd = [];

    /// <summary>Handlers of events that clients and modules send.</summary>
    public IReadOnlyList<RuntimeEventHandler> Custom => _custom;

    public IReadOnlyList<RuntimeEventHandler> SessionStart => _sessionStart;

    public IReadOnlyList<RuntimeEventHandler> SessionEnd => _sessionEnd;

    public void OnEvent(RuntimeEventHandler handler) => _custom.Add(handler);

    public void OnSessionStart(RuntimeEventHandler handler) => _sessionStart.Add(handler);

    public void OnSessionEnd(RuntimeEventHandler handler) => _sessionEnd.Add(handler);
}
