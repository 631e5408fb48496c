namespace Nakama.Server.Api;

/// <summary>
/// Takes a whole HTTP request of a listener, such as a socket or a stream of events. Looked up before the methods of the
/// contract.
/// </summary>
public interface IHttpEndpoint
{
    ApiAudience Audience { get; }

    /// <summary>The path it takes; when it ends with <c>/</c>, everything below as well.</summary>
    string Path { get; }

    /// <summary>The verb it takes; null for all.</summary>
    string? Verb { get; }

    Task HandleAsync(HttpContext context);
}
