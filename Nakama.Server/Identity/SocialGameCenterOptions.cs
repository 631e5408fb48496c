namespace Nakama.Server.Identity;

/// <summary>Settings below <c>social.game_center</c>.</summary>
public sealed record SocialGameCenterOptions
{
    /// <summary>The bundle ids for which signatures must be made; without any, those for other apps pass too.</summary>
    public IReadOnlyList<string> BundleIds { get; init; } = [];

    /// <summary>How old a signature may be, in seconds, at least 0; 0 is any age.</summary>
    public int MaxAgeSec { get; init; }

    /// <summary>
    /// A PEM file of the authorities, and those between, that must stand behind Game Center's certificates; empty relies on
    /// the connection to Apple.
    /// </summary>
    public string Authorities { get; init; } = "";

    /// <summary>Where certificates are fetched from instead of Apple's host in the client's URL, such as a proxy; empty is that host.</summary>
    public string Address { get; init; } = "";
}
