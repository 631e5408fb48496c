namespace Nakama.Server.Accounts;

/// <summary>The changes of an operator to an account: null keeps a value.</summary>
public sealed record AccountEdit
{
    public AccountChange Profile { get; init; } = new();

    /// <summary>JSON; an empty text keeps the wallet. No ledger row is written.</summary>
    public string? Wallet { get; init; }

    /// <summary>An empty text unlinks.</summary>
    public string? CustomId { get; init; }

    /// <summary>In lower case; an empty text unlinks and clears the password.</summary>
    public string? Email { get; init; }

    /// <summary>A bcrypt hash, only for accounts with an address.</summary>
    public byte[]? PasswordHash { get; init; }

    /// <summary>New device ids by old; an empty new one unlinks the old.</summary>
    public IReadOnlyDictionary<string, string> Devices { get; init; } = new Dictionary<string, string>();

    internal bool Unlinks => CustomId is "" || Email is "" || Devices.Values.Contains("");
}
