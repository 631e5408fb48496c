namespace Nakama.Server.Security;

/// <summary>Settings below <c>session</c>.</summary>
public sealed record SessionOptions
{
    /// <summary>Key of session tokens (HS256); not empty, and another than that of refresh tokens.</summary>
    public string EncryptionKey { get; init; } = "defaultencryptionkey";

    /// <summary>How long a session token lives, in seconds, at least 1.</summary>
    public int TokenExpirySec { get; init; } = 60;

    /// <summary>Key of refresh tokens (HS256); not empty.</summary>
    public string RefreshEncryptionKey { get; init; } = "defaultrefreshencryptionkey";

    /// <summary>How long a refresh token lives, in seconds, at least 1.</summary>
    public int RefreshTokenExpirySec { get; init; } = 3600;

    /// <summary>Whether a user has one socket at most; a new one ends the one before.</summary>
    public bool SingleSocket { get; init; }

    /// <summary>Whether a user is in one match at most; needs <c>session.single_socket</c>.</summary>
    public bool SingleMatch { get; init; }

    /// <summary>Whether a user is in one party at most; needs <c>session.single_socket</c>.</summary>
    public bool SingleParty { get; init; }

    /// <summary>Whether signing in makes all earlier tokens of the user void.</summary>
    public bool SingleSession { get; init; }
}
