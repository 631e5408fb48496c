using System.Collections.ObjectModel;
using Microsoft.Extensions.Primitives;
using Nakama.GameLogic;
using Nakama.Server.Lifecycle;

namespace Nakama.Server.Runtime.DotNet;

/// <summary>Creates the context that every function of a game gets as its first argument.</summary>
internal sealed class GameContexts(NodeInfo node, RuntimeEnvironment environment)
{
    public GameContext Make(RuntimeContext context, CancellationToken cancellationToken) => new()
    {
        Node = node.Name,
        Version = NodeVersion.Text,
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

    public RpcContext MakeForRpc(RuntimeContext context, CancellationToken cancellationToken) => new(
        Make(context, cancellationToken), Lists(context.Headers, StringComparer.OrdinalIgnoreCase), Lists(context.QueryParameters, StringComparer.Ordinal));

    private static Guid? IdOrNull(Guid id) => id == Guid.Empty ? null : id;

    private static DateTimeOffset? InstantOrNull(long seconds) => seconds > 0 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static IReadOnlyDictionary<string, IReadOnlyList<string>> Lists(IReadOnlyDictionary<string, StringValues> lists, StringComparer names)
    {
        if (lists.Count == 0) return ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty;
        var copy = new Dictionary<string, IReadOnlyList<string>>(lists.Count, names);
        foreach (var (name, values) in lists) copy[name] = [.. values.Select(static value => value ?? "")];
        return copy;
    }
}
