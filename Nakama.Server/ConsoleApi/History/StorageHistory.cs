using Nakama.Protocol.Console;
using Nakama.Server.Database;
using Nakama.Server.Storage;
using Npgsql;

namespace Nakama.Server.ConsoleApi.History;

/// <summary>Storage objects, which get their value, version, permissions and time of creation back.</summary>
internal sealed class StorageHistory(StorageStateStore states) : IHistoryKind
{
    public HistoryKind Kind => HistoryKind.Object;

    public string Name => "object";

    public AclResources Resource => AclResources.StorageData;

    public async ValueTask<ObjectState?> ReadAsync(NpgsqlConnection connection, HistorySubject subject, CancellationToken cancellationToken) =>
        (await FindAsync(connection, subject, cancellationToken))?.State;

    public async ValueTask<ObjectState?> ReadChangedAsync(
        NpgsqlConnection connection, HistorySubject subject, ObjectState? before, CancellationToken cancellationToken)
    {
        var found = await FindAsync(connection, subject, cancellationToken);
        // There was nothing to lock, and another writer came first.
        return before is null && found is { IsNew: false } ? throw new StorageChangedException() : found?.State;
    }

    public string? RefusalOf(StoredChange entry) => null;

    public IEnumerable<ConsoleRule> RulesOf(StoredChange entry)
    {
        if (entry.ExistedBefore) yield return ConsoleRule.Write(AclResources.StorageData);
        if (!entry.ExistedBefore || !entry.ExistedAfter) yield return ConsoleRule.Delete(AclResources.StorageData);
        if (entry.Change.Action == HistoryActions.Import) yield return ConsoleRule.Write(AclResources.StorageDataImport);
        if (entry.Change.Action == HistoryActions.ImportAccount) yield return ConsoleRule.Write(AclResources.AccountExport);
    }

    public async ValueTask<Func<ValueTask>?> RestoreAsync(NpgsqlConnection connection, HistoryRestore restore, CancellationToken cancellationToken)
    {
        var id = HistoryKeys.Object(restore.Subject.Key);
        if (restore.Before is not { } before) return await states.RestoreAsync(connection, id, null, restore.Present is not null, cancellationToken);
        using var state = HistoryJson.Parse(before);
        return await states.RestoreAsync(connection, id, state.RootElement, restore.Present is not null, cancellationToken);
    }

    private static async ValueTask<StorageState?> FindAsync(NpgsqlConnection connection, HistorySubject subject, CancellationToken cancellationToken)
    {
        var id = HistoryKeys.Object(subject.Key);
        return (await StorageStateStore.ReadAsync(connection, [id], cancellationToken)).GetValueOrDefault(id);
    }
}
