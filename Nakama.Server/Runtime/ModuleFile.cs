namespace Nakama.Server.Runtime;

/// <summary>A file of a loaded module.</summary>
/// <param name="Path">The path that operators see.</param>
/// <param name="ModifiedAt">When the file was last changed, as it was loaded.</param>
public sealed record ModuleFile(string Path, DateTimeOffset ModifiedAt);
