using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.ConsoleApi.History;

/// <summary>Keeps the changes of an operator to some objects, in the transaction that makes them. What stays the same leaves no entry.</summary>
internal sealed class HistoryRecorder(HistoryStore store, HistoryKinds kinds, ConsoleOperator who, string action, IReadOnlyList<HistorySubject> subjects) : IChangeRecorder
{
    private readonly ObjectState?[] _before = new ObjectState?[subjects.Count];
    private readonly ObjectState?[] _after = new ObjectState?[subjects.Count];

    /// <summary>Whether the change sets the password of the first object, which is not part of its state.</summary>
    public bool SetsPassword { get; init; }

    /// <summary>The entry whose change is reverted.</summary>
    public Guid? RevertsId { get; init; }

    /// <summary>The states that the last attempt has found.</summary>
    public IReadOnlyList<ObjectState?> Before => _before;

    /// <inheritdoc cref="Before"/>
    public IReadOnlyList<ObjectState?> After => _after;

    /// <summary>The last entry that was added; null when nothing has changed.</summary>
    public Guid? EntryId { get; private set; }

    public async ValueTask BeforeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        for (var i = 0; i < subjects.Count; i++) _before[i] = await kinds.Of(subjects[i].Kind).ReadAsync(connection, subjects[i], cancellationToken);
    }

    public async ValueTask AfterAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        EntryId = null;
        var changes = new List<HistoryChange>();
        for (var i = 0; i < subjects.Count; i++)
        {
            var kind = kinds.Of(subjects[i].Kind);
            _after[i] = RevertsId is null
                ? await kind.ReadChangedAsync(connection, subjects[i], _before[i], cancellationToken)
                : await kind.ReadAsync(connection, subjects[i], cancellationToken);
            var setsPassword = SetsPassword && i == 0 && _after[i] is not null;
            if (_before[i] == _after[i] && !setsPassword) continue;
            changes.Add(new HistoryChange(
                Guid.NewGuid(), subjects[i], action, HistoryJson.ChangedNames(_before[i], _after[i]), setsPassword, RevertsId, _before[i], _after[i]));
        }

        if (changes.Count == 0) return;
        await store.AddAsync(connection, who, changes, cancellationToken);
        EntryId = changes[^1].Id;
    }
}
