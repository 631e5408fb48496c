using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Api;
using Nakama.Server.Hooks;

namespace Nakama.Server.Runtime.Events;

/// <summary>Events that clients send.</summary>
internal sealed class EventApi(EventRegistry registry, EventQueue queue) : IApiFeature
{
    private static readonly Empty Done = new();

    public void Map(ApiMap api) => api.Map<Event, Empty>("Event", Send);

    private ValueTask<Empty> Send(ApiCall call, Event request, CancellationToken cancellationToken)
    {
        // After hooks see it too.
        request.External = true;
        queue.Notice(call.Caller!.UserId.ToString(), request);
        if (registry.Custom.Count > 0)
        {
            var caller = call.Caller!;
            var context = RuntimeContext.OfHook(ExecutionMode.Event, request.Name, new HookCaller(
                caller.UserId, caller.Username, caller.Vars, caller.Expiry, Guid.Empty, "", call.ClientIp, call.ClientPort));
            queue.TryAdd(registry.Custom, context, request.Clone());
        }

        return new(Done);
    }
}
