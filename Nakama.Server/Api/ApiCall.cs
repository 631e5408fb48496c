namespace Nakama.Server.Api;

/// <summary>One request on its way: which method, who asks, from where. Handlers never see the transport.</summary>
public sealed class ApiCall
{
    public required ApiMethod Method { get; init; }

    /// <summary>The signed-in user; null for methods that take the server key or nothing.</summary>
    public Caller? Caller { get; set; }

    /// <summary>The client's address, empty when unknown.</summary>
    public string ClientIp { get; init; } = "";

    /// <summary>The client's port, empty when unknown.</summary>
    public string ClientPort { get; init; } = "";

    /// <summary>The signed-in user's id. Only for methods whose credential is a session token.</summary>
    public Guid UserId => Caller!.UserId;

    /// <summary>Set by authentication handlers once the user is known, for the after hook.</summary>
    public Caller? Authenticated { get; set; }
}
