namespace Nakama.Server.Config;

/// <summary>Settings below <c>google_auth</c>.</summary>
public sealed record GoogleAuthOptions
{
    /// <summary>OAuth client JSON; invalid JSON fatal.</summary>
    public string CredentialsJson { get; init; } = "";
}
