namespace Nakama.Console.Accounts;

/// <summary>An account with its wallet and its ways to sign in.</summary>
public sealed record AccountBody
{
    public AccountRow User { get; init; } = new();

    /// <summary>JSON text.</summary>
    public string Wallet { get; init; } = "{}";

    public string Email { get; init; } = "";

    public IReadOnlyList<AccountDevice> Devices { get; init; } = [];

    public string CustomId { get; init; } = "";

    public DateTimeOffset? VerifyTime { get; init; }

    public bool IsEmailVerified => VerifyTime is { } time && time > DateTimeOffset.UnixEpoch;
}
