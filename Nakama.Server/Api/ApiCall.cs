using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Nakama.Server.Security;

namespace Nakama.Server.Api;

/// <summary>One request: its method, its caller and the caller's address. Handlers never see the transport.</summary>
public sealed class ApiCall
{
    public required ApiMethod Method { get; init; }

    /// <summary>The signed-in user; null for methods that take the server key or nothing.</summary>
    public Caller? Caller { get; set; }

    /// <summary>The caller when the service is the operators'; its type belongs to that service.</summary>
    public object? Operator { get; set; }

    /// <summary>The client's address, empty when unknown.</summary>
    public string ClientIp { get; init; } = "";

    /// <summary>The client's port, empty when unknown.</summary>
    public string ClientPort { get; init; } = "";

    /// <summary>
    /// The peer that reported the client's address when that peer is not trusted; null when the address is certain.
    /// </summary>
    public string? ClientToldBy { get; init; }

    /// <summary>The client's address in the form that lockouts use.</summary>
    public ClientOrigin ClientOrigin => new(ClientIp, ClientToldBy);

    /// <summary>The request of a method whose HTTP bodies have a special form; null for all other calls.</summary>
    public RawRequest? Http { get; init; }

    /// <summary>
    /// The function of game logic that the call has reached, in lower case: a failure after that point is the function's.
    /// Null before, and for methods that run no function.
    /// </summary>
    public string? Function { get; set; }

    /// <summary>The headers or metadata that came with the request.</summary>
    public IEnumerable<KeyValuePair<string, StringValues>> Metadata { get; init; } = [];

    /// <summary>When the call must be finished; null when only the client ends it.</summary>
    public RequestDeadline? Deadline { get; init; }

    /// <summary>The signed-in user's id. Only for methods whose credential is a session token.</summary>
    public Guid UserId => Caller!.UserId;

    /// <summary>Set by authentication handlers once the user is known, for the after hook.</summary>
    public Caller? Authenticated { get; set; }

    /// <summary>Set by handlers that return early because there was nothing to do.</summary>
    public bool SkipAfterHook { get; set; }

    /// <summary>A pseudonym of the user for traces: the same for the same user, but not the id.</summary>
    internal string? HashedUser()
    {
        if (Caller is null) return null;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Caller.UserId.ToByteArray(), hash);
        return Convert.ToHexStringLower(hash[..8]);
    }
}
