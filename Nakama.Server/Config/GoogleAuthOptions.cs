namespace Nakama.Server.Config;

/// <summary>Settings below <c>google_auth</c>.</summary>
public sealed record GoogleAuthOptions
{
    /// <summary>The JSON of an OAuth client, as Google hands it out.</summary>
    public string CredentialsJson { get; init; } = "";
}
