using System.Diagnostics;
using Nakama.GameLogic;
using Nakama.Server.Lifecycle;

namespace Nakama.Server.Runtime.DotNet;

/// <summary>Creates the context that every function of a game gets as its first argument.</summary>
internal sealed class GameContexts(NodeInfo node, RuntimeEnvironment environment)
{
    public GameContext Make(RuntimeContext context, IServiceProvider services, CancellationToken cancellationToken) => new()
    {
        Node = node.Name,
        Version = NodeVersion.Text,
        Mode = context.Mode,
        TraceId = Activity.Current?.TraceId.ToHexString() ?? "",
        Services = services,
        Environment = environment.Values,
        UserId = IdOrNull(context.UserId),
        Username = context.Username,
        Vars = context.Vars,
        ExpiresAt = InstantOrNull(context.Expiry),
        SessionId = IdOrNull(context.SessionId),
        Language = context.Lang,
        ClientIp = context.ClientIp,
        ClientPort = context.ClientPort,
        CancellationToken = cancellationToken,
    };

    public RpcContext MakeForRpc(RuntimeContext context, IServiceProvider services, CancellationToken cancellationToken) => new(
        Make(context, services, cancellationToken), GameRecords.Lists(context.Headers, StringComparer.OrdinalIgnoreCase),
        GameRecords.Lists(context.QueryParameters, StringComparer.Ordinal));

    private static Guid? IdOrNull(Guid id) => id == Guid.Empty ? null : id;

    private static DateTimeOffset? InstantOrNull(long seconds) => seconds > 0 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
