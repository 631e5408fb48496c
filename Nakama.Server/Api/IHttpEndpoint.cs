namespace Nakama.Server.Api;

/// <summary>
/// Handles a whole HTTP request of a listener, such as a socket or a stream of events. Takes precedence over the methods of the
/// contract.
/// </summary>
public interface IHttpEndpoint
{
    ApiAudience Audience { get; }

    /// <summary>The path it handles; when it ends with <c>/</c>, all paths below it as well.</summary>
    string Path { get; }

    /// <summary>The verb it handles; null for all.</summary>
    string? Verb { get; }

    Task HandleAsync(HttpContext context);
}
