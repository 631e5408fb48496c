namespace Nakama.Server.Api;

/// <summary>Says whom a session token names.</summary>
public interface ISessionTokenCheck
{
    /// <summary>The user, or null when the token is forged, expired or revoked. Never asks the database.</summary>
    Caller? Check(string token);
}
