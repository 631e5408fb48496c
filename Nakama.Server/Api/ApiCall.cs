using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Nakama.Server.Security;

namespace Nakama.Server.Api;

/// <summary>One request on its way: which method, who asks, from where. Handlers never see the transport.</summary>
public sealed class ApiCall
{
    public required ApiMethod Method { get; init; }

    /// <summary>The signed-in user; null for methods that take the server key or nothing.</summary>
    public Caller? Caller { get; set; }

    /// <summary>Who asks when the service is the operators'; its type belongs to that service.</summary>
    public object? Operator { get; set; }

    /// <summary>The client's address, empty when unknown.</summary>
    public string ClientIp { get; init; } = "";

    /// <summary>The client's port, empty when unknown.</summary>
    public string ClientPort { get; init; } = "";

    /// <summary>The peer whose word the client's address is, when nobody vouches for it; null when the address is certain.</summary>
    public string? ClientToldBy { get; init; }

    /// <summary>Where the client is, as lockouts count it.</summary>
    public ClientOrigin ClientOrigin => new(ClientIp, ClientToldBy);

    /// <summary>The request of a method whose bodies over HTTP have a form of their own; null for all other calls.</summary>
    public RawRequest? Http { get; init; }

    /// <summary>
    /// The function of game logic that the call has reached, in lower case: what fails from there on is the function's failure.
    /// Null before, and for methods that run none.
    /// </summary>
    public string? Function { get; set; }

    /// <summary>The headers or metadata that came with the request.</summary>
    public IEnumerable<KeyValuePair<string, StringValues>> Metadata { get; init; } = [];

    /// <summary>When the call must be over; null when nothing but the client ends it.</summary>
    public RequestDeadline? Deadline { get; init; }

    /// <summary>The signed-in user's id. Only for methods whose credential is a session token.</summary>
    public Guid UserId => Caller!.UserId;

    /// <summary>Set by authentication handlers once the user is known, for the after hook.</summary>
    public Caller? Authenticated { get; set; }

    /// <summary>Set by handlers that return early because there was nothing to do.</summary>
    public bool SkipAfterHook { get; set; }

    /// <summary>The user's id as traces may show it: the same for the same user, but not the id.</summary>
    internal string? HashedUser()
    {
        if (Caller is null) return null;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Caller.UserId.ToByteArray(), hash);
        return Convert.ToHexStringLower(hash[..8]);
    }
}
