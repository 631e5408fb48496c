using System.Security.Cryptography;
using System.Text;
using Nakama.Protocol.History;
using Nakama.Server.Accounts;
using Nakama.Server.Database;
using Nakama.Server.Storage;
using Npgsql;

namespace Nakama.Server.ConsoleApi.History;

/// <summary>Puts back what was there before a change. That is a change, too, and is kept like any other.</summary>
internal sealed class HistoryReverts(NpgsqlDataSource database, HistoryStore store, HistoryKinds kinds)
{
    private const string NoObject = "none";

    /// <summary>Why a change can never be reverted, as a sentence; null when it can be.</summary>
    public string? RefusalOf(StoredChange entry)
    {
        var change = entry.Change;
        if (change.Before == change.After && change.IsPasswordChanged) return HistoryErrors.OnlyPassword;
        if (kinds.Of(change.Subject.Kind).RefusalOf(entry) is { } refusal) return refusal;
        return change.Before is { IsComplete: false } ? HistoryErrors.TooLarge : null;
    }

    /// <summary>Whether an operator has the rights to revert a change.</summary>
    public bool MayRevert(ConsoleAcl acl, StoredChange entry) => kinds.Of(entry.Change.Subject.Kind).RulesOf(entry).All(rule => rule.Permits(acl));

    /// <summary>What the object of an entry is now; null when there is none.</summary>
    public ValueTask<ObjectState?> ReadPresentAsync(StoredChange entry, CancellationToken cancellationToken)
    {
        var kind = kinds.Of(entry.Change.Subject.Kind);
        return database.InTransactionAsync((connection, token) => kind.ReadAsync(connection, kind.SubjectOf(entry), token), cancellationToken);
    }

    /// <summary>Identifies a state.</summary>
    public static string DigestOf(ObjectState? state) => state is null ? NoObject : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state.Json)));

    /// <summary>Reverts a change if the object is still as the change left it, or with force in any case.</summary>
    /// <returns>The entry of the revert, and the members of the state that are not as before.</returns>
    /// <exception cref="Errors.ApiException">
    /// It cannot be reverted, the object is as before already, or it was changed since.
    /// </exception>
    public async ValueTask<(Guid EntryId, IReadOnlyList<string> NotRestored)> RevertAsync(
        ConsoleOperator caller, StoredChange entry, RevertChangeRequest request, CancellationToken cancellationToken)
    {
        if (RefusalOf(entry) is { } refusal) throw HistoryErrors.Refused(refusal);
        var kind = kinds.Of(entry.Change.Subject.Kind);
        var subject = kind.SubjectOf(entry);
        var recorder = new HistoryRecorder(store, kinds, caller, HistoryActions.Revert, [subject]) { RevertsId = entry.Change.Id };
        Func<ValueTask>? afterwards;
        try
        {
            afterwards = await database.InTransactionAsync(
                recorder,
                (connection, token) =>
                {
                    Check(entry.Change, recorder.Before[0], request);
                    return kind.RestoreAsync(connection, new HistoryRestore(subject, entry, recorder.Before[0], caller), token);
                },
                cancellationToken);
        }
        catch (StorageChangedException)
        {
            throw HistoryErrors.CreatedSince;
        }
        catch (PostgresException e) when (DatabaseErrors.IsUniqueViolation(e))
        {
            throw HistoryErrors.Taken(ValueOf(e));
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw HistoryErrors.OwnerGone;
        }
        catch (PostgresException e) when (DatabaseRetry.IsStatementFailure(e))
        {
            throw HistoryErrors.Refused($"The database refuses it: {e.MessageText}.");
        }

        if (afterwards is not null) await afterwards();
        if (recorder.EntryId is not { } id) throw HistoryErrors.NothingToRevert;
        return (id, NotRestored(entry.Change, recorder.After[0]));
    }

    private static void Check(HistoryChange change, ObjectState? present, RevertChangeRequest request)
    {
        if (present == change.Before) throw HistoryErrors.NothingToRevert;
        if (present == change.After) return;
        if (request.Force && (request.PresentDigest.Length == 0 || request.PresentDigest == DigestOf(present))) return;
        if (present is null) throw HistoryErrors.GoneSince;
        throw change.After is null ? HistoryErrors.CreatedSince : HistoryErrors.ChangedSince(HistoryJson.ChangedNames(change.After, present));
    }

    /// <summary>Of what the change has altered, the members that are not as before: passwords, and what belongs to deleted accounts.</summary>
    private static List<string> NotRestored(HistoryChange change, ObjectState? now)
    {
        if (change.Before is null || now is null) return [];
        var altered = change.After is null ? null : HistoryJson.ChangedNames(change.Before, change.After);
        return
        [
            .. HistoryJson.ChangedNames(change.Before, now).Where(name => altered is null || altered.Contains(name)),
            .. change.IsPasswordChanged ? (string[])["password"] : [],
        ];
    }

    private static string ValueOf(PostgresException e) => e.ConstraintName switch
    {
        AccountConstraints.Username => "The username",
        AccountConstraints.Email => "The email address",
        AccountConstraints.CustomId => "The custom ID",
        AccountConstraints.Device => "A device ID",
        _ => "A value",
    };
}
