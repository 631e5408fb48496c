using Nakama.Server.Errors;

namespace Nakama.Server.Wallets;

/// <summary>An update would subtract more than a wallet contains; nothing of the request is applied.</summary>
public sealed class NegativeWalletException(Guid userId, string path, long current, long amount)
    : ApiException(StatusCode.FailedPrecondition, $"wallet update rejected negative value at path '{path}'")
{
    public Guid UserId { get; } = userId;

    /// <summary>The name of the amount in the wallet.</summary>
    public string Path { get; } = path;

    /// <summary>The current amount.</summary>
    public long Current { get; } = current;

    /// <summary>The amount that was to be added.</summary>
    public long Amount { get; } = amount;
}
