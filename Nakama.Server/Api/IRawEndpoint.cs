namespace Nakama.Server.Api;

/// <summary>
/// Answers requests below a path with bodies of its own making; the listener reads and writes them, with its bounds,
/// compression and headers.
/// </summary>
public interface IRawEndpoint
{
    ApiAudience Audience { get; }

    /// <summary>The path up to and including its last slash.</summary>
    string Prefix { get; }

    bool Takes(string verb);

    /// <summary>Whether the request shows that it comes from the game's own servers, which no limit on addresses is for.</summary>
    bool IsTrusted(RawRequest request) => false;

    ValueTask<RawAnswer> HandleAsync(RawRequest request, CancellationToken cancellationToken);
}
