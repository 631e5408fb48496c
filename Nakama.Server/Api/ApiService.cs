namespace Nakama.Server.Api;

/// <summary>The audience of a service and of the listeners that offer it.</summary>
public enum ApiAudience
{
    /// <summary>Game clients: hooks run, and requests are counted.</summary>
    Games,

    /// <summary>Operators, through the console.</summary>
    Operators,
}

/// <summary>A set of methods with the credential check for its callers. Each listener offers one service.</summary>
public sealed record ApiService(ApiAudience Audience, ApiMap Map, ICredentialCheck Credentials);
