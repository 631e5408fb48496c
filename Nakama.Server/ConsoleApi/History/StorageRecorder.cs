using Nakama.Server.Storage;
using Npgsql;

namespace Nakama.Server.ConsoleApi.History;

/// <summary>Keeps the changes of an import to storage objects: those of the first thousand objects that change.</summary>
internal sealed class StorageRecorder(HistoryStore store, ConsoleOperator who, string action) : IStorageImportRecorder
{
    /// <summary>The number of entries that one import makes.</summary>
    internal const int MaxEntries = 1000;

    private IReadOnlyList<StorageId> _ids = [];
    private Dictionary<StorageId, StorageState> _before = [];

    /// <summary>The number of changes that were kept.</summary>
    public int Count { get; private set; }

    /// <summary>Whether it must be this transaction that has made what was not there before.</summary>
    public bool ChecksCreation { get; init; } = true;

    public async ValueTask BeforeAsync(NpgsqlConnection connection, IReadOnlyList<StorageId> ids, CancellationToken cancellationToken)
    {
        (_ids, _before) = ([], []);
        if (Count == MaxEntries) return;
        _ids = ids;
        _before = await StorageStateStore.ReadAsync(connection, ids, cancellationToken);
    }

    public async ValueTask AfterAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (_ids.Count == 0) return;
        var after = await StorageStateStore.ReadAsync(connection, _ids, cancellationToken);
        var changes = new List<HistoryChange>();
        foreach (var id in _ids)
        {
            var (old, now) = (_before.GetValueOrDefault(id)?.State, after.GetValueOrDefault(id));
            if (old == now?.State) continue;
            if (ChecksCreation && old is null && now is { IsNew: false }) throw new StorageChangedException();
            if (Count == MaxEntries) break;
            Count++;
            changes.Add(new HistoryChange(
                Guid.NewGuid(), HistoryKeys.Object(id), action, HistoryJson.ChangedNames(old, now?.State), IsPasswordChanged: false, null, old, now?.State));
        }

        await store.AddAsync(connection, who, changes, cancellationToken);
        (_ids, _before) = ([], []);
    }
}
