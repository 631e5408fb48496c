namespace Nakama.Server.Config;

/// <summary>Settings below <c>session</c>.</summary>
public sealed record SessionOptions
{
    /// <summary>HS256 key of session tokens; not empty; must differ from refresh key.</summary>
    public string EncryptionKey { get; init; } = "defaultencryptionkey";

    /// <summary>≥1.</summary>
    public int TokenExpirySec { get; init; } = 60;

    /// <summary>not empty.</summary>
    public string RefreshEncryptionKey { get; init; } = "defaultrefreshencryptionkey";

    /// <summary>≥1.</summary>
    public int RefreshTokenExpirySec { get; init; } = 3600;

    /// <summary>One socket per user.</summary>
    public bool SingleSocket { get; init; }

    /// <summary>Requires single_socket (fatal).</summary>
    public bool SingleMatch { get; init; }

    /// <summary>Requires single_socket (fatal).</summary>
    public bool SingleParty { get; init; }

    /// <summary>New login invalidates earlier tokens.</summary>
    public bool SingleSession { get; init; }
}
