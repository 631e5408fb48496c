using System.Diagnostics.CodeAnalysis;

namespace Nakama.GameLogic;

/// <summary>The context of a call by id, with the headers and query parameters of the request.</summary>
public sealed record RpcContext : GameContext
{
    /// <param name="context">The context of the caller.</param>
    /// <param name="headers">The headers of the request or the metadata of the call.</param>
    /// <param name="queryParameters">The query of the request.</param>
    [SetsRequiredMembers]
    public RpcContext(
        GameContext context, IReadOnlyDictionary<string, IReadOnlyList<string>> headers,
        IReadOnlyDictionary<string, IReadOnlyList<string>> queryParameters)
        : base(context) => (Headers, QueryParameters) = (headers, queryParameters);

    /// <summary>The headers of the request or the metadata of the call, by name; none for sockets.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Headers { get; }

    /// <summary>The query of the request, by name; none for sockets.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> QueryParameters { get; }
}
