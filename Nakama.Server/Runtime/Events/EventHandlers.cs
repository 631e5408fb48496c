namespace Nakama.Server.Runtime.Events;

/// <summary>The handlers of one kind of event, in order of registration. Reads need no lock.</summary>
internal sealed class EventHandlers
{
    private readonly Lock _lock = new();
    private readonly List<(string? Key, RuntimeEventHandler Handler)> _handlers = [];
    private volatile RuntimeEventHandler[] _all = [];

    public IReadOnlyList<RuntimeEventHandler> All => _all;

    /// <summary>Adds a handler, or replaces the one with the same key.</summary>
    public void Set(string? key, RuntimeEventHandler handler)
    {
        lock (_lock)
        {
            var known = key is null ? -1 : _handlers.FindIndex(other => other.Key == key);
            if (known < 0) _handlers.Add((key, handler));
            else _handlers[known] = (key, handler);
            Publish();
        }
    }

    public void Remove(string key)
    {
        lock (_lock)
        {
            _handlers.RemoveAll(other => other.Key == key);
            Publish();
        }
    }

    private void Publish() => _all = [.. _handlers.Select(static known => known.Handler)];
}
