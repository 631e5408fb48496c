using Google.Protobuf.WellKnownTypes;
using Nakama.GameLogic;
using Nakama.Server.Hooks;
using Nakama.Server.Runtime.Events;
using Event = Nakama.Protocol.Api.Event;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <summary>Events that C# games send to the handlers of events.</summary>
internal sealed class GameEvents(EventRegistry registry, EventQueue queue, TimeProvider time)
{
    public void Send(Event happened, GameContext? context)
    {
        if (registry.Custom.Count == 0) return;
        var copy = happened.Clone();
        copy.Timestamp ??= Timestamp.FromDateTimeOffset(time.GetUtcNow());
        queue.TryAdd(registry.Custom, ContextOf(copy.Name, context), copy);
    }

    private static RuntimeContext ContextOf(string name, GameContext? context) => context is null
        ? RuntimeContext.OfServer(ExecutionMode.Event, name)
        : RuntimeContext.OfHook(ExecutionMode.Event, name, new HookCaller(
            context.UserId ?? Guid.Empty, context.Username, context.Vars, context.ExpiresAt?.ToUnixTimeSeconds() ?? 0,
            context.SessionId ?? Guid.Empty, context.Language, context.ClientIp, context.ClientPort));
}
