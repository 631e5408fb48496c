using Nakama.Protocol.Console;
using Nakama.Server.Accounts;
using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.ConsoleApi.History;

/// <summary>Accounts. Only those members are put back that the change has altered.</summary>
internal sealed class AccountHistory(AccountBans bans) : IHistoryKind
{
    public HistoryKind Kind => HistoryKind.Account;

    public string Name => "account";

    public AclResources Resource => AclResources.Account;

    public ValueTask<ObjectState?> ReadAsync(NpgsqlConnection connection, HistorySubject subject, CancellationToken cancellationToken) =>
        AccountStateStore.ReadAsync(connection, subject.OwnerId, cancellationToken);

    public string? RefusalOf(StoredChange entry) =>
        entry.Change.Subject.OwnerId == Guid.Empty ? HistoryErrors.SystemUser
        : !entry.ExistedAfter ? HistoryErrors.AccountGone
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
        var userId = restore.Subject.OwnerId;
        using var now = HistoryJson.Parse(present);
        using var wanted = HistoryJson.Parse(HistoryJson.Merge(present, restore.Before!, restore.Entry.Change.After!));
        await AccountStateStore.RestoreAsync(connection, userId, wanted.RootElement, cancellationToken);
        return (AccountStateStore.IsBanned(now.RootElement), AccountStateStore.IsBanned(wanted.RootElement)) switch
        {
            (false, true) => () => bans.ApplyBanAsync([userId]),
            (true, false) => () => bans.ApplyUnbanAsync([userId]),
            _ => null,
        };
    }
}
