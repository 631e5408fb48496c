using Nakama.Protocol.Api;
using Nakama.Server.Groups;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Groups.</summary>
internal sealed class GroupFunctions(GroupActions actions, GroupStore store, GroupSearch search) : IFunctionModule
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 100;

    /// <summary>Lua modules have a higher limit than others, for compatibility.</summary>
    private const int MaxLimitInLua = 10_000;

    private const string BadGroup = "expects group ID to be a valid identifier";
    private const string BadUser = "expects user ID to be a valid identifier";
    private const string BadMaxCount = "expects max_count to be >= 1";

    public string Name => "Groups";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("groups_get_id", "The groups with the ids; unknown ones are left out.")
            .Table("group_ids").Returns("groups").Does(GetAsync);
        functions.Function("groups_list", "A page of groups by name, in which % stands for any text, or by language, openness and the most members.")
            .OptionalText("name", "").OptionalText("lang_tag", "").OptionalFlag("open").Written().OptionalWhole("members", -1)
            .OptionalWhole("limit", DefaultLimit).OptionalText("cursor", "")
            .Returns("groups", "cursor").Does(ListAsync);
        functions.Function("groups_get_random", "Some groups by chance, at most 1000.")
            .Whole("count").Returns("groups").Does(RandomAsync);
        functions.Function("group_create", "Makes a group with a user as its superadmin.")
            .Id("user_id", BadUser).Text("name", new("expects group name not be empty", "expects group name to not be empty")).OptionalId("creator_id", "expects creator ID to be a valid identifier")
            .OptionalText("lang_tag", "").OptionalText("description", "").OptionalText("avatar_url", "").OptionalFlag("open", false)
            .OptionalTable("metadata").OptionalWhole("max_count", GroupRequest.DefaultMaxCount)
            .Returns("group").Does(CreateAsync);
        functions.Function("group_update", "Changes a group as a user, or as the system when none is named. In Lua an empty text keeps a value.")
            .Id("group_id", BadGroup).OptionalId("user_id", BadUser).OptionalText("name").OptionalId("creator_id", "expects creator ID to be a valid identifier")
            .OptionalText("lang_tag").OptionalText("description").OptionalText("avatar_url").OptionalFlag("open")
            .OptionalTable("metadata").OptionalWhole("max_count", 0)
            .Does(UpdateAsync);
        functions.Function("group_delete", "Deletes a group.")
            .Id("group_id", BadGroup)
            .Does((call, token) => actions.DeleteAsync(Guid.Empty, call.Id(0), token)
                .OrFaultAsync("error while trying to delete group", static e => GroupRecords.CauseOf(e, Guid.Empty)));
    }

    private async ValueTask<ScriptValue> GetAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var ids = call.Ids(0, "each group id must be a valid id string");
        return ids.Count == 0 ? ScriptValue.Of(new List<ScriptValue>()) : Of(await store.GetAsync(ids, cancellationToken).OrFaultAsync("failed to get groups"));
    }

    private async ValueTask<ScriptValue> ListAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var filter = new GroupFilter
        {
            Name = call.Text(0),
            LangTag = call.Text(1),
            IsOpen = call.Has(2) ? call.Flag(2) : null,
            Members = (int)Math.Clamp(call.Whole(3), -1, int.MaxValue),
        };
        var limit = call.Limit(4, call.Language == ScriptLanguage.Lua ? MaxLimitInLua : MaxLimit);
        var page = await search.ListAsync(filter, limit, call.Text(5), cancellationToken).OrFaultAsync("error listing groups");
        return ScriptValue.Results(Of(page.Groups), PageArguments.Cursor(page.Cursor));
    }

    private async ValueTask<ScriptValue> RandomAsync(FunctionCall call, CancellationToken cancellationToken) =>
        Of(await store.GetRandomAsync(call.RandomCount(0), cancellationToken).OrFaultAsync("failed to get groups"));

    private async ValueTask<ScriptValue> CreateAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var draft = new GroupRequest
        {
            OwnerId = call.Id(0),
            Name = call.Text(1),
            CreatorId = call.IdOrNull(2) ?? Guid.Empty,
            LangTag = call.Text(3),
            Description = call.Text(4),
            AvatarUrl = call.Text(5),
            IsOpen = call.Flag(6),
            Metadata = call.JsonOrNull(7) ?? "{}",
            MaxCount = call.Whole(8) is >= 1 and <= int.MaxValue and var count ? (int)count : throw call.Refuse(8, BadMaxCount),
        };
        var group = await actions.CreateAsync(draft, cancellationToken)
            .OrFaultAsync("error while trying to create group", static e => GroupRecords.CauseOf(e, Guid.Empty));
        return ScriptValue.Of(GroupRecords.Of(group));
    }

    private async ValueTask<ScriptValue> UpdateAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var callerId = call.IdOrNull(1) ?? Guid.Empty;
        var change = new GroupChange
        {
            Name = call.Change(2),
            CreatorId = call.IdOrNull(3),
            LangTag = call.Change(4),
            Description = call.Change(5),
            AvatarUrl = call.Change(6),
            IsOpen = call.Has(7) ? call.Flag(7) : null,
            Metadata = call.JsonOrNull(8),
            MaxCount = call.Whole(9) switch
            {
                0 => null,
                >= 1 and <= int.MaxValue and var count => (int)count,
                _ => throw call.Refuse(9, BadMaxCount),
            },
        };
        return await actions.UpdateAsync(callerId, call.Id(0), change, cancellationToken)
            .OrFaultAsync("error while trying to update group", e => GroupRecords.CauseOf(e, callerId));
    }

    private static ScriptValue Of(IEnumerable<Group> groups) =>
        ScriptValue.Of(groups.Select(static group => ScriptValue.Of(GroupRecords.Of(group))).ToList());
}
