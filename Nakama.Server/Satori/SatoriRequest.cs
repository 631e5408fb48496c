using System.Text.Json.Nodes;

namespace Nakama.Server.Satori;

/// <summary>One request to Satori.</summary>
/// <param name="Method">The method of HTTP.</param>
/// <param name="Path">The path below the configured address.</param>
public sealed record SatoriRequest(HttpMethod Method, string Path)
{
    /// <summary>Whose request it is; null for the server's own.</summary>
    public string? IdentityId { get; init; }

    public IReadOnlyList<(string Name, string Value)> Query { get; init; } = [];

    /// <summary>The path with the query.</summary>
    public string PathAndQuery =>
        Query.Count == 0 ? Path : $"{Path}?{string.Join('&', Query.Select(static entry => $"{entry.Name}={Uri.EscapeDataString(entry.Value)}"))}";

    public JsonNode? Body { get; init; }

    /// <summary>The address of the player, for Satori's audiences; empty when unknown.</summary>
    public string Ip { get; init; } = "";
}
