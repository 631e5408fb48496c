using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Protocol.Console;
using Nakama.Server.Api;
using Nakama.Server.ConsoleApi.History;
using Nakama.Server.Errors;
using Nakama.Server.Friends;
using Nakama.Server.Groups;
using Nakama.Server.Security;
using Npgsql;
using DeleteGroupRequest = Nakama.Protocol.Console.DeleteGroupRequest;
using GroupList = Nakama.Protocol.Console.GroupList;
using ListGroupsRequest = Nakama.Protocol.Console.ListGroupsRequest;
using UpdateGroupRequest = Nakama.Protocol.Console.UpdateGroupRequest;

namespace Nakama.Server.ConsoleApi;

/// <summary>Operators' view of groups.</summary>
internal sealed class ConsoleGroupsApi(
    OperatorGroupSearch search, GroupStore groups, GroupActions actions, GroupMemberLists members, HistoryRecorders history) : IConsoleFeature
{
    /// <summary>The maximum number of members in an answer, which has no pages.</summary>
    internal const int MaxMembers = 10_000;

    private const string ById = "groups";
    private const string ByName = "groups by name";

    public void Map(ApiMap api)
    {
        api.Map<ListGroupsRequest, GroupList>("ListGroups", ListAsync);
        api.Map<GroupId, Group>("GetGroup", (_, request, token) => FindAsync(Id(request.Id), token));
        api.Map<GroupId, GroupUserList>("GetMembers", (_, request, token) => ListMembersAsync(Id(request.Id), token));
        api.Map<GroupId, GroupExport>("ExportGroup", ExportAsync);
        api.Map<UpdateGroupRequest, Empty>("UpdateGroup", UpdateAsync);
        api.Map<DeleteGroupRequest, Empty>("DeleteGroup", DeleteAsync);
    }

    /// <summary>Parses the id of a group.</summary>
    /// <exception cref="ApiException">It is not a valid id.</exception>
    internal static Guid Id(string text) => UuidText.TryParse(text, out var id) ? id : throw ConsoleGroupErrors.BadId;

    private async ValueTask<GroupList> ListAsync(ApiCall call, ListGroupsRequest request, CancellationToken cancellationToken)
    {
        var (filter, kind) = (request.Filter, request.Filter.Contains('%') ? ByName : ById);
        var (after, count) = request.Cursor.Length > 0 ? ReadCursor(request.Cursor, kind) : ("", await search.CountAsync(cancellationToken));
        var list = new GroupList { TotalCount = count };

        if (filter.Length == 0)
        {
            Guid? from = after.Length == 0 ? null : UuidText.TryParse(after, out var last) ? last : throw ConsoleGroupErrors.Cursor;
            Add(list, await search.ListAsync(from, cancellationToken), group => WriteCursor(ById, group.Id, count));
        }
        else if (UuidText.TryParse(filter, out var id))
        {
            list.Groups.AddRange(await groups.GetAsync([id], cancellationToken));
        }
        else if (kind == ByName)
        {
            Add(list, await search.FindAsync(filter, after, cancellationToken), group => WriteCursor(ByName, group.Name, count));
        }
        else
        {
            list.Groups.AddRange((await search.FindByNameAsync(filter, cancellationToken)).Groups);
        }

        return list;
    }

    /// <summary>The cursor carries the number of all groups, so that only the first page counts them.</summary>
    private static string WriteCursor(string kind, string after, int count) => ConsoleCursor.Write(kind, after, count.ToString(CultureInfo.InvariantCulture));

    private static (string After, int Count) ReadCursor(string text, string kind) =>
        ConsoleCursor.Read(text, kind, 2) is [var after, var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? (after, count)
            : throw ConsoleGroupErrors.Cursor;

    private static void Add(GroupList list, (List<Group> Groups, bool HasMore) page, Func<Group, string> cursorOf)
    {
        list.Groups.AddRange(page.Groups);
        if (page.HasMore) list.NextCursor = cursorOf(page.Groups[^1]);
    }

    private async ValueTask<Group> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await groups.GetAsync([id], cancellationToken) is [var group] ? group : throw ConsoleGroupErrors.NotFound;

    /// <summary>Everybody with a state in the group, banned users last.</summary>
    private async ValueTask<GroupUserList> ListMembersAsync(Guid id, CancellationToken cancellationToken)
    {
        var list = await members.ListUsersAsync(id, null, MaxMembers, EdgeCursor.Start, cancellationToken);
        if (list.Cursor.Length > 0) return list;
        var banned = await members.ListUsersAsync(id, GroupState.Banned, MaxMembers, EdgeCursor.Start, cancellationToken);
        list.GroupUsers.AddRange(banned.GroupUsers);
        list.Cursor = banned.Cursor;
        return list;
    }

    private async ValueTask<GroupExport> ExportAsync(ApiCall call, GroupId request, CancellationToken cancellationToken)
    {
        var id = Id(request.Id);
        if (id == Guid.Empty) throw ConsoleGroupErrors.NotExported;
        var export = new GroupExport { Group = await FindAsync(id, cancellationToken) };
        var size = 0L;
        await AddMembersAsync(null);
        await AddMembersAsync(GroupState.Banned);
        return export;

        async ValueTask AddMembersAsync(GroupState? state)
        {
            EdgeCursor? from = EdgeCursor.Start;
            while (from is { } start)
            {
                var page = await members.ListUsersAsync(id, state, MaxMembers, start, cancellationToken);
                size += page.CalculateSize();
                if (size > ApiAnswers.MaxBytes) throw ConsoleGroupErrors.ExportTooLarge;
                export.Members.AddRange(page.GroupUsers);
                from = page.Cursor.Length == 0 ? null : EdgeCursor.Parse(page.Cursor);
            }
        }
    }

    private async ValueTask<Empty> UpdateAsync(ApiCall call, UpdateGroupRequest request, CancellationToken cancellationToken)
    {
        var id = Id(request.Id);
        var change = new GroupChange
        {
            Name = request.Name,
            Description = request.Description,
            AvatarUrl = request.AvatarUrl,
            LangTag = request.LangTag,
            Metadata = request.Metadata,
            IsOpen = request.Open,
            MaxCount = request.MaxCount is > 0 ? request.MaxCount : null,
        };
        try
        {
            await actions.UpdateAsync(Guid.Empty, id, change, history.For(call, HistoryActions.Update, HistoryKeys.Group(id)), cancellationToken);
        }
        catch (ApiException e) when (e.Reason is GroupReasons.NothingToUpdate or GroupReasons.NameTaken or GroupReasons.NotUpdated)
        {
            throw e.Reason switch
            {
                GroupReasons.NothingToUpdate => ConsoleGroupErrors.NothingToUpdate,
                GroupReasons.NameTaken => ConsoleGroupErrors.NameTaken,
                _ => ConsoleGroupErrors.NotUpdated,
            };
        }
        catch (PostgresException e) when (Database.DatabaseRetry.IsStatementFailure(e))
        {
            throw ConsoleErrors.Statement(e);
        }

        return new Empty();
    }

    private async ValueTask<Empty> DeleteAsync(ApiCall call, DeleteGroupRequest request, CancellationToken cancellationToken)
    {
        var id = Id(request.Id);
        try
        {
            await actions.DeleteAsync(Guid.Empty, id, history.For(call, HistoryActions.Delete, HistoryKeys.Group(id, withMembers: true)), cancellationToken);
        }
        catch (ApiException e) when (e.Reason == GroupReasons.DeleteDenied)
        {
            // There is no such group, which is what the caller wants.
        }

        return new Empty();
    }
}
