namespace Nakama.GameLogic;

/// <summary>The context in which a function of a game runs: the node, the user and the session.</summary>
public record GameContext
{
    /// <summary>The name of the node.</summary>
    public required string Node { get; init; }

    /// <summary>Why the function runs, such as <c>rpc</c> or <c>before</c>.</summary>
    public string Mode { get; init; } = "";

    /// <summary>The trace to which the call belongs; empty without one.</summary>
    public string TraceId { get; init; } = "";

    /// <summary>
    /// The services of the program for this call: scoped services live as long as the call. The functions of the server and
    /// services that live longer belong in the constructor of the module.
    /// </summary>
    public IServiceProvider Services { get; init; } = NoServices.Instance;

    /// <summary>The version of the server.</summary>
    public required string Version { get; init; }

    /// <summary>The values that the operator configures for games (<c>runtime.env</c>).</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The user that caused the call; null when no user did.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The user's name; empty when no user caused the call.</summary>
    public string Username { get; init; } = "";

    /// <summary>The variables of the user's session.</summary>
    public required IReadOnlyDictionary<string, string> Vars { get; init; }

    /// <summary>When the user's session token expires; null without one.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The session of the socket; null for requests.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>The language that the client requested when it opened the socket; empty for requests.</summary>
    public string Language { get; init; } = "";

    /// <summary>The client's address; empty when it is not known.</summary>
    public string ClientIp { get; init; } = "";

    /// <summary>The client's port; empty when it is not known.</summary>
    public string ClientPort { get; init; } = "";

    /// <summary>Is canceled when the caller disconnects or the server stops.</summary>
    public CancellationToken CancellationToken { get; init; }
}
