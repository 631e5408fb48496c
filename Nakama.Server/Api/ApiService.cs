namespace Nakama.Server.Api;

/// <summary>Whom a service, and the listeners that offer it, are for.</summary>
public enum ApiAudience
{
    /// <summary>Game clients: hooks run, and requests are counted.</summary>
    Games,

    /// <summary>Operators, through the console.</summary>
    Operators,
}

/// <summary>A set of methods with the way its callers prove who they are. Listeners offer one service each.</summary>
public sealed record ApiService(ApiAudience Audience, ApiMap Map, ICredentialCheck Credentials);
