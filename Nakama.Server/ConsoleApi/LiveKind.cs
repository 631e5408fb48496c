namespace Nakama.Server.ConsoleApi;

/// <summary>Live things that are counted beside sessions and presences.</summary>
public enum LiveKind
{
    /// <summary>Authoritative matches.</summary>
    Match,

    Party,
}
