using Nakama.Protocol.Console;
using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.ConsoleApi.History;

/// <summary>How objects of one kind are read, and put back as they were.</summary>
internal interface IHistoryKind
{
    HistoryKind Kind { get; }

    /// <summary>The name in requests and answers.</summary>
    string Name { get; }

    /// <summary>Whoever may read this may read the history.</summary>
    AclResources Resource { get; }

    /// <summary>Locks an object and reads it; null when there is none.</summary>
    ValueTask<ObjectState?> ReadAsync(NpgsqlConnection connection, HistorySubject subject, CancellationToken cancellationToken);

    /// <summary>Reads an object that the transaction has changed.</summary>
    /// <exception cref="Storage.StorageChangedException">Somebody else has created it meanwhile; retry the transaction.</exception>
    ValueTask<ObjectState?> ReadChangedAsync(NpgsqlConnection connection, HistorySubject subject, ObjectState? before, CancellationToken cancellationToken) =>
        ReadAsync(connection, subject, cancellationToken);

    /// <summary>The object of an entry, with what its states are about.</summary>
    HistorySubject SubjectOf(StoredChange entry) => entry.Change.Subject;

    /// <summary>Why a change can never be reverted; null when it can be.</summary>
    string? RefusalOf(StoredChange entry);

    /// <summary>All rights that reverting a change needs: those of the change itself and those of its opposite.</summary>
    IEnumerable<ConsoleRule> RulesOf(StoredChange entry);

    /// <summary>Puts back what was there before a change, as part of a transaction that has locked the object.</summary>
    /// <returns>What is to be done after the commit; null when there is nothing.</returns>
    ValueTask<Func<ValueTask>?> RestoreAsync(NpgsqlConnection connection, HistoryRestore restore, CancellationToken cancellationToken);
}
