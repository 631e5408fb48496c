namespace Nakama.Console.Settings;

/// <summary>A node's settings as it shows them: JSON text with secrets left out, and what it warns about.</summary>
public sealed record ServerConfig(string Config, IReadOnlyList<ConfigWarning> Warnings, string ServerVersion);
