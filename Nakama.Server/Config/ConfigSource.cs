namespace Nakama.Server.Config;

/// <summary>The kind of place that a value came from; a later one wins.</summary>
public enum ConfigSourceKind
{
    Default,
    File,
    Environment,
    CommandLine,

    /// <summary>The program whose part the server is has set it.</summary>
    Program,
}

/// <summary>Where the value of a setting came from.</summary>
/// <param name="Kind">The kind of place.</param>
/// <param name="Place">The path of the file, or the name of the variable; empty for the others.</param>
public readonly record struct ConfigSource(ConfigSourceKind Kind, string Place = "");
