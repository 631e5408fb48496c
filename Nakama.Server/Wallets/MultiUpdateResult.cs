using Nakama.Server.Wire.Api;

namespace Nakama.Server.Wallets;

/// <summary>What came of a <see cref="MultiUpdateRequest"/>, in its order.</summary>
public sealed record MultiUpdateResult(IReadOnlyList<StorageObjectAck> Acks, IReadOnlyList<WalletUpdateResult> Wallets);
