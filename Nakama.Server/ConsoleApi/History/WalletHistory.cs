using System.Text.Json;
using Nakama.Protocol.Console;
using Nakama.Server.Database;
using Nakama.Server.Wallets;
using Npgsql;

namespace Nakama.Server.ConsoleApi.History;

/// <summary>Wallets. A revert is entered into the ledger.</summary>
internal sealed class WalletHistory : IHistoryKind
{
    public HistoryKind Kind => HistoryKind.Wallet;

    public string Name => "wallet";

    public AclResources Resource => AclResources.AccountWallet;

    public ValueTask<ObjectState?> ReadAsync(NpgsqlConnection connection, HistorySubject subject, CancellationToken cancellationToken) =>
        WalletStateStore.ReadAsync(connection, subject.OwnerId, cancellationToken);

    public string? RefusalOf(StoredChange entry) =>
        !entry.ExistedAfter ? HistoryErrors.AccountGone
        : !entry.ExistedBefore ? HistoryErrors.AccountNew
        : null;

    public IEnumerable<ConsoleRule> RulesOf(StoredChange entry)
    {
        yield return ConsoleRule.Write(AclResources.Account);
        if (entry.Change.Action == HistoryActions.ImportAccount) yield return ConsoleRule.Write(AclResources.AccountExport);
    }

    public async ValueTask<Func<ValueTask>?> RestoreAsync(NpgsqlConnection connection, HistoryRestore restore, CancellationToken cancellationToken)
    {
        if (restore.Present is not { IsComplete: true } present) throw HistoryErrors.Refused(restore.Present is null ? HistoryErrors.AccountGone : HistoryErrors.TooLarge);
        var metadata = JsonSerializer.Serialize(new
        {
            reason = "console change reverted",
            history_id = restore.Entry.Change.Id,
            @operator = restore.Caller.Username,
        });
        await WalletStateStore.RestoreAsync(connection, restore.Subject.OwnerId, present.Json, restore.Before!.Json, metadata, cancellationToken);
        return null;
    }
}
