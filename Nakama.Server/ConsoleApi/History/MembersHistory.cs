using Nakama.Protocol.Console;
using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Server.Groups;
using Npgsql;

namespace Nakama.Server.ConsoleApi.History;

/// <summary>The users that an operator has added to a group, moved or removed. A revert posts no messages in the group's channel.</summary>
internal sealed class MembersHistory(GroupStateStore states, GroupActions actions) : IHistoryKind
{
    private static readonly ConsoleRule Adding = ConsoleRule.Write(AclResources.AccountGroups);
    private static readonly ConsoleRule Moving = ConsoleRule.Write(AclResources.Group);
    private static readonly ConsoleRule Removing = ConsoleRule.Delete(AclResources.Group);

    public HistoryKind Kind => HistoryKind.Members;

    public string Name => "members";

    public AclResources Resource => AclResources.Group;

    public ValueTask<ObjectState?> ReadAsync(NpgsqlConnection connection, HistorySubject subject, CancellationToken cancellationToken) =>
        GroupStateStore.ReadMembersAsync(connection, HistoryKeys.Id(subject.Key), subject.UserIds, cancellationToken);

    public HistorySubject SubjectOf(StoredChange entry) =>
        entry.Change.Subject with { UserIds = [.. MembersOf(entry.Change.Before).Keys.Union(MembersOf(entry.Change.After).Keys).Order()] };

    public string? RefusalOf(StoredChange entry) => null;

    public IEnumerable<ConsoleRule> RulesOf(StoredChange entry)
    {
        var (before, after) = (MembersOf(entry.Change.Before), MembersOf(entry.Change.After));
        if (before.Keys.Except(after.Keys).Any() || after.Keys.Except(before.Keys).Any())
        {
            yield return Adding;
            yield return Removing;
        }

        if (before.Any(member => after.TryGetValue(member.Key, out var state) && state != member.Value)) yield return Moving;
    }

    public async ValueTask<Func<ValueTask>?> RestoreAsync(NpgsqlConnection connection, HistoryRestore restore, CancellationToken cancellationToken)
    {
        if (restore.Before is not { } before || restore.Present is null) throw HistoryErrors.GoneSince;
        var groupId = HistoryKeys.Id(restore.Subject.Key);
        using var state = HistoryJson.Parse(before);
        try
        {
            var removed = await states.RestoreMembersAsync(connection, groupId, restore.Subject.UserIds, state.RootElement, cancellationToken);
            return () =>
            {
                actions.ApplyRemoval(groupId, removed);
                return ValueTask.CompletedTask;
            };
        }
        catch (ApiException e) when (e.Reason is GroupReasons.Full or GroupReasons.LastSuperadmin)
        {
            throw HistoryErrors.Refused(e.Reason == GroupReasons.Full ? HistoryErrors.GroupFull : HistoryErrors.NoSuperadmin);
        }
    }

    private static Dictionary<Guid, GroupState> MembersOf(ObjectState? state)
    {
        if (state is not { IsComplete: true }) return [];
        using var document = HistoryJson.Parse(state);
        return GroupStateStore.MembersOf(document.RootElement).ToDictionary(static member => member.UserId, static member => member.State);
    }
}
