namespace Nakama.Server.ConsoleApi;

/// <summary>Settings below <c>mfa</c>.</summary>
public sealed record MfaOptions
{
    /// <summary>Key of the operators' second factors in the database (AES-256-GCM); 32 bytes, or empty.</summary>
    public string StorageEncryptionKey { get; init; } = "the-key-has-to-be-32-bytes-long!";

    /// <summary>Whether the operator who may do everything must use a second factor.</summary>
    public bool AdminAccountEnabled { get; init; }
}
