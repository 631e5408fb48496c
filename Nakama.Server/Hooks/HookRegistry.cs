using Google.Protobuf;

namespace Nakama.Server.Hooks;

/// <summary>Runs before a method or message; its result replaces the request, null rejects it.</summary>
public delegate ValueTask<IMessage?> BeforeHook(HookCaller caller, IMessage request, CancellationToken cancellationToken);

/// <summary>Runs after a method or message succeeded; its failure is counted and logged, never returned.</summary>
public delegate ValueTask AfterHook(HookCaller caller, IMessage? response, IMessage? request, CancellationToken cancellationToken);

/// <summary>
/// The hooks that game logic registered at startup, by case-insensitive name: <c>AddFriends</c> for a request,
/// <c>ChannelJoin</c> for a realtime message. Filled before the listeners open and only read afterwards.
/// </summary>
public sealed class HookRegistry
{
    private readonly Dictionary<string, BeforeHook> _before = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, AfterHook> _after = new(StringComparer.OrdinalIgnoreCase);

    public void Before(string name, BeforeHook hook) => _before[name] = hook;

    public void After(string name, AfterHook hook) => _after[name] = hook;

    public BeforeHook? FindBefore(string name) => _before.GetValueOrDefault(name);

    public AfterHook? FindAfter(string name) => _after.GetValueOrDefault(name);
}
