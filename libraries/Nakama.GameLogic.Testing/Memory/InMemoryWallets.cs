using System.Text.Json;
using Nakama.GameLogic.Functions;
using Nakama.Protocol.Api;

namespace Nakama.GameLogic.Testing.Memory;

/// <summary>Wallets in memory, with their ledgers.</summary>
internal sealed class InMemoryWallets(Dictionary<Guid, Account> accounts, TimeProvider time) : IWallets
{
    private readonly List<WalletLedgerItem> _ledger = [];

    public Task<WalletResult> UpdateAsync(
        Guid userId, IReadOnlyDictionary<string, long> changeset, string? metadata, bool updateLedger, CancellationToken cancellationToken)
    {
        if (!accounts.ContainsKey(userId)) throw new NakamaException("wallet_update", NakamaReasons.UserNotFound);
        return Task.FromResult(Apply(new WalletChange(userId, changeset, metadata), updateLedger));
    }

    public Task<IReadOnlyList<WalletResult>> UpdateManyAsync(
        IReadOnlyCollection<WalletChange> changes, bool updateLedger, CancellationToken cancellationToken)
    {
        Check(changes);
        return Task.FromResult<IReadOnlyList<WalletResult>>(
            [.. changes.Where(change => accounts.ContainsKey(change.UserId)).Select(change => Apply(change, updateLedger))]);
    }

    public Task<WalletLedgerItem> UpdateLedgerAsync(Guid itemId, string metadata, CancellationToken cancellationToken)
    {
        var index = _ledger.FindIndex(item => item.Id == itemId);
        if (index < 0) throw new NakamaException("wallet_ledger_update", "failed to update user wallet ledger: item not found");
        _ledger[index] = _ledger[index] with { Metadata = metadata, UpdatedAt = time.GetUtcNow() };
        return Task.FromResult(_ledger[index]);
    }

    public Task<Page<WalletLedgerItem>> ListLedgerAsync(Guid userId, int limit, string? cursor, CancellationToken cancellationToken) =>
        Task.FromResult(new Page<WalletLedgerItem>([.. _ledger.Where(item => item.UserId == userId).Reverse().Take(limit)], null));

    /// <exception cref="NakamaException">A change would make an amount negative.</exception>
    public void Check(IReadOnlyCollection<WalletChange> changes)
    {
        foreach (var change in changes)
        {
            if (accounts.ContainsKey(change.UserId)) Sum(change);
        }
    }

    private WalletResult Apply(WalletChange change, bool updateLedger)
    {
        var previous = Read(change.UserId);
        var updated = Sum(change);
        accounts[change.UserId].Wallet = JsonSerializer.Serialize(updated);
        var now = time.GetUtcNow();
        if (updateLedger)
            _ledger.Add(new(Guid.NewGuid(), change.UserId, JsonSerializer.Serialize(change.Changeset), change.Metadata ?? "{}", now, now));
        return new WalletResult(change.UserId, updated, previous);
    }

    private Dictionary<string, long> Sum(WalletChange change)
    {
        var updated = Read(change.UserId);
        foreach (var (name, amount) in change.Changeset)
        {
            var sum = updated.GetValueOrDefault(name) + amount;
            if (sum < 0)
            {
                var reason = $"wallet update rejected negative value at path '{name}'";
                throw new NakamaException("wallet_update", $"failed to update user wallet: {reason}", reason);
            }

            updated[name] = sum;
        }

        return updated;
    }

    private Dictionary<string, long> Read(Guid userId) => JsonSerializer.Deserialize<Dictionary<string, long>>(accounts[userId].Wallet)!;
}
