namespace Nakama.Server.Identity;

/// <summary>Settings below <c>google_auth</c>.</summary>
public sealed record GoogleAuthOptions
{
    /// <summary>The JSON of an OAuth client, as Google hands it out; without it codes of Play Games are refused.</summary>
    public string CredentialsJson { get; init; } = "";

    /// <summary>The client ids for which Google's ID tokens must be made; without any, those for other apps pass too.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>Where Google publishes the certificates of its tokens and answers for Play Games.</summary>
    public string Address { get; init; } = "https://www.googleapis.com";
}
