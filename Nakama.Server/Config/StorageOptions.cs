namespace Nakama.Server.Config;

/// <summary>Settings below <c>storage</c>.</summary>
public sealed record StorageOptions
{
    /// <summary>Force index hits to read the database.</summary>
    public bool DisableIndexOnly { get; init; }
}
