namespace Nakama.Server.Config;

/// <summary>Settings below <c>mfa</c>.</summary>
public sealed record MfaOptions
{
    /// <summary>AES-256-GCM key; non-empty must be 32 bytes.</summary>
    public string StorageEncryptionKey { get; init; } = "the-key-has-to-be-32-bytes-long!";

    /// <summary>Root console user must use MFA.</summary>
    public bool AdminAccountEnabled { get; init; }
}
