using Nakama.Protocol.Console;
using Nakama.Server.Database;
using Nakama.Server.Wallets;
using Npgsql;

namespace Nakama.Server.ConsoleApi.History;

/// <summary>Entries of wallets' ledgers, which operators can only delete.</summary>
internal sealed class LedgerHistory : IHistoryKind
{
    public HistoryKind Kind => HistoryKind.Ledger;

    public string Name => "ledger";

    public AclResources Resource => AclResources.AccountWallet;

    public ValueTask<ObjectState?> ReadAsync(NpgsqlConnection connection, HistorySubject subject, CancellationToken cancellationToken) =>
        WalletStateStore.ReadItemAsync(connection, subject.OwnerId, subject.ItemId, cancellationToken);

    public HistorySubject SubjectOf(StoredChange entry)
    {
        using var state = HistoryJson.Parse((entry.Change.Before ?? entry.Change.After)!);
        return entry.Change.Subject with { ItemId = state.RootElement.TryGetProperty("id", out var id) ? id.GetGuid() : Guid.Empty };
    }

    public string? RefusalOf(StoredChange entry) => null;

    public IEnumerable<ConsoleRule> RulesOf(StoredChange entry) => [ConsoleRule.Delete(AclResources.AccountWallet)];

    public async ValueTask<Func<ValueTask>?> RestoreAsync(NpgsqlConnection connection, HistoryRestore restore, CancellationToken cancellationToken)
    {
        var (userId, itemId) = (restore.Subject.OwnerId, restore.Subject.ItemId);
        if (restore.Before is null)
        {
            await WalletStore.DeleteLedgerAsync(connection, userId, itemId, cancellationToken);
            return null;
        }

        using var state = HistoryJson.Parse(restore.Before);
        await WalletStateStore.RestoreItemAsync(connection, userId, itemId, state.RootElement, cancellationToken);
        return null;
    }
}
