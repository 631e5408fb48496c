using Microsoft.Extensions.Primitives;

namespace Nakama.Server.Runtime.Http;

/// <summary>A request to a path that game logic has registered.</summary>
public sealed record HttpHandlerRequest
{
    public required string Method { get; init; }

    /// <summary>The path, percent-decoded.</summary>
    public required string Path { get; init; }

    /// <summary>The values of the path's parameters by name.</summary>
    public required IReadOnlyDictionary<string, string> PathParameters { get; init; }

    public required IReadOnlyDictionary<string, StringValues> Query { get; init; }

    /// <summary>The headers in canonical form, such as <c>Content-Type</c>.</summary>
    public required IReadOnlyDictionary<string, StringValues> Headers { get; init; }

    /// <summary>The body, decompressed; empty when there is none.</summary>
    public required byte[] Body { get; init; }

    /// <summary>Empty when unknown.</summary>
    public required string ClientIp { get; init; }

    /// <summary>Empty when unknown.</summary>
    public required string ClientPort { get; init; }
}
