using Nakama.Protocol.Console;
using Nakama.Server.Database;
using Nakama.Server.Groups;
using Npgsql;

namespace Nakama.Server.ConsoleApi.History;

/// <summary>
/// Groups. Only those members of the state are put back that the change has altered; a deleted group is created again under its
/// id, with the users that were in it and still have an account.
/// </summary>
internal sealed class GroupHistory(GroupStateStore states, GroupActions actions) : IHistoryKind
{
    public HistoryKind Kind => HistoryKind.Group;

    public string Name => "group";

    public AclResources Resource => AclResources.Group;

    public ValueTask<ObjectState?> ReadAsync(NpgsqlConnection connection, HistorySubject subject, CancellationToken cancellationToken) =>
        GroupStateStore.ReadAsync(connection, HistoryKeys.Id(subject.Key), subject.HasMembers, cancellationToken);

    public HistorySubject SubjectOf(StoredChange entry) =>
        entry.Change.Subject with { HasMembers = !entry.ExistedBefore || !entry.ExistedAfter };

    public string? RefusalOf(StoredChange entry) => null;

    public IEnumerable<ConsoleRule> RulesOf(StoredChange entry)
    {
        if (entry.ExistedBefore) yield return ConsoleRule.Write(AclResources.Group);
        if (!entry.ExistedBefore || !entry.ExistedAfter) yield return ConsoleRule.Delete(AclResources.Group);
    }

    public async ValueTask<Func<ValueTask>?> RestoreAsync(NpgsqlConnection connection, HistoryRestore restore, CancellationToken cancellationToken)
    {
        var groupId = HistoryKeys.Id(restore.Subject.Key);
        if (restore.Before is not { } before)
        {
            await GroupStateStore.DeleteAsync(connection, groupId, cancellationToken);
            return () =>
            {
                actions.ApplyDeletion(groupId);
                return ValueTask.CompletedTask;
            };
        }

        if (restore.Present is { } present)
        {
            if (!present.IsComplete) throw HistoryErrors.Refused(HistoryErrors.TooLarge);
            using var wanted = HistoryJson.Parse(restore.Entry.Change.After is { } after ? HistoryJson.Merge(present, before, after) : before);
            await GroupStateStore.UpdateAsync(connection, groupId, wanted.RootElement, cancellationToken);
        }
        else
        {
            using var state = HistoryJson.Parse(before);
            await states.CreateAsync(connection, groupId, state.RootElement, cancellationToken);
        }

        return null;
    }
}
