namespace Nakama.Server.Api;

/// <summary>
/// Answers requests below a path with bodies in a format of its own; the listener reads and writes them, with its limits,
/// compression and headers.
/// </summary>
public interface IRawEndpoint
{
    ApiAudience Audience { get; }

    /// <summary>The path up to and including its last slash.</summary>
    string Prefix { get; }

    /// <param name="verb">The verb.</param>
    /// <param name="rest">The path after the prefix, percent-decoded.</param>
    bool Takes(string verb, string rest);

    /// <summary>
    /// Whether the request proves that it comes from the game's own servers, which are exempt from limits on addresses.
    /// </summary>
    bool IsTrusted(RawRequest request) => false;

    ValueTask<RawAnswer> HandleAsync(RawRequest request, CancellationToken cancellationToken);
}
