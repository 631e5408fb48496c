namespace Nakama.Server.Api;

/// <summary>What a method asks its caller to show.</summary>
public enum ApiCredential
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The server key as the name of HTTP basic authentication.</summary>
    ServerKey,

    /// <summary>A session token.</summary>
    Bearer,

    /// <summary>A session token, or the HTTP key.</summary>
    Rpc,
}
