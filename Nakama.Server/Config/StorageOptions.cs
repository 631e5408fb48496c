namespace Nakama.Server.Config;

/// <summary>Settings below <c>storage</c>.</summary>
public sealed record StorageOptions
{
    /// <summary>Whether objects found in an index are always read from the database.</summary>
    public bool DisableIndexOnly { get; init; }
}
