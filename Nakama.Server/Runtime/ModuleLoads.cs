namespace Nakama.Server.Runtime;

/// <summary>How the last loads of a language's modules ended.</summary>
/// <param name="LoadedAt">When modules were last loaded; null when there are none.</param>
/// <param name="FailedAt">When a load last failed.</param>
/// <param name="LastError">Why it failed; null when none has, or a later one succeeded.</param>
internal sealed record ModuleLoads(DateTimeOffset? LoadedAt, DateTimeOffset? FailedAt, string? LastError)
{
    public static readonly ModuleLoads None = new(null, null, null);
}
