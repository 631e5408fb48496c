using System.Diagnostics;
using Nakama.GameLogic;

namespace Nakama.Server.Runtime.DotNet;

/// <summary>Creates the context that every function of a game gets as its first argument.</summary>
internal sealed class GameContexts(NakamaOptions options, RuntimeEnvironment environment)
{
    public GameContext Make(RuntimeContext context, IServiceProvider services, CancellationToken cancellationToken) => new()
    {
        Node = options.Name,
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
