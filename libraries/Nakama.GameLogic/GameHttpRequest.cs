namespace Nakama.GameLogic;

/// <summary>An HTTP request to a path that a game has registered. The server does not authenticate it.</summary>
public sealed record GameHttpRequest
{
    /// <summary>The method in upper case.</summary>
    public required string Method { get; init; }

    /// <summary>The path, percent-decoded.</summary>
    public required string Path { get; init; }

    /// <summary>The values of the path's parameters by name.</summary>
    public required IReadOnlyDictionary<string, string> PathParameters { get; init; }

    /// <summary>The query by name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Query { get; init; }

    /// <summary>The headers by name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Headers { get; init; }

    /// <summary>The body, decompressed; empty when there is none.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The client's address; empty when it is not known.</summary>
    public string ClientIp { get; init; } = "";

    /// <summary>The client's port; empty when it is not known.</summary>
    public string ClientPort { get; init; } = "";
}
