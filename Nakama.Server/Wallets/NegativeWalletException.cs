using Nakama.Server.Errors;

namespace Nakama.Server.Wallets;

/// <summary>An update would take more out of a wallet than there is in it; nothing of the whole request is done.</summary>
public sealed class NegativeWalletException(Guid userId, string path, long current, long amount)
    : ApiException(StatusCode.FailedPrecondition, $"wallet update rejected negative value at path '{path}'")
{
    public Guid UserId { get; } = userId;

    /// <summary>The name in the wallet.</summary>
    public string Path { get; } = path;

    /// <summary>What is there.</summary>
    public long Current { get; } = current;

    /// <summary>What should have been added.</summary>
    public long Amount { get; } = amount;
}
