namespace Nakama.Server.Api;

/// <summary>Determines the user of a session token.</summary>
public interface ISessionTokenCheck
{
    /// <summary>The user, or null when the token is forged, expired or revoked. Never queries the database.</summary>
    Caller? Check(string token);
}
