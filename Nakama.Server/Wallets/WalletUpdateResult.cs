namespace Nakama.Server.Wallets;

/// <summary>What a wallet held before and after one update.</summary>
public sealed record WalletUpdateResult(Guid UserId, IReadOnlyDictionary<string, long> Previous, IReadOnlyDictionary<string, long> Updated);
