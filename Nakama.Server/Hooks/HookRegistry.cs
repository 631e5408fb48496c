using System.Collections.Concurrent;
using Google.Protobuf;

namespace Nakama.Server.Hooks;

/// <summary>Runs before a method or message; its result replaces the request, null rejects it.</summary>
public delegate ValueTask<IMessage?> BeforeHook(HookCaller caller, IMessage request, CancellationToken cancellationToken);

/// <summary>Runs after a method or message succeeded; its failure is counted and logged, never returned.</summary>
public delegate ValueTask AfterHook(HookCaller caller, IMessage? response, IMessage? request, CancellationToken cancellationToken);

/// <summary>
/// The hooks that game logic registered, by case-insensitive name: <c>AddFriends</c> for a request, <c>ChannelJoin</c> for a
/// realtime message. Filled before the listeners open, and changed when modules are loaded again.
/// </summary>
public sealed class HookRegistry
{
    private readonly ConcurrentDictionary<string, BeforeHook> _before = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, AfterHook> _after = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Raised after a hook was added, replaced or removed.</summary>
    public event Action? Changed;

    public void Before(string name, BeforeHook hook)
    {
        _before[name] = hook;
        Changed?.Invoke();
    }

    public void After(string name, AfterHook hook)
    {
        _after[name] = hook;
        Changed?.Invoke();
    }

    public void RemoveBefore(string name)
    {
        if (_before.TryRemove(name, out _)) Changed?.Invoke();
    }

    public void RemoveAfter(string name)
    {
        if (_after.TryRemove(name, out _)) Changed?.Invoke();
    }

    public BeforeHook? FindBefore(string name) => _before.GetValueOrDefault(name);

    public AfterHook? FindAfter(string name) => _after.GetValueOrDefault(name);
}
