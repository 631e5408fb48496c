using Microsoft.Extensions.Primitives;
using Nakama.Server.Api;

namespace Nakama.Server.Rpc;

/// <summary>The caller of a function and its request data, without the payload.</summary>
public sealed class RpcCall
{
    /// <summary>The signed-in user; null when another server calls with the HTTP key.</summary>
    public Caller? Caller { get; init; }

    /// <summary>Headers or metadata by name.</summary>
    public required IReadOnlyDictionary<string, StringValues> Headers { get; init; }

    /// <summary>Query parameters by name, without the HTTP key.</summary>
    public required IReadOnlyDictionary<string, StringValues> QueryParameters { get; init; }

    /// <summary>The session that the call came from; the empty id for requests.</summary>
    public Guid SessionId { get; init; }

    /// <summary>The session's language; empty for requests.</summary>
    public string Lang { get; init; } = "";

    public string ClientIp { get; init; } = "";

    public string ClientPort { get; init; } = "";
}
