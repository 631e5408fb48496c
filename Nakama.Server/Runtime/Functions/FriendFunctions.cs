using Nakama.Protocol.Api;
using Nakama.Server.Errors;
using Nakama.Server.Friends;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Friends, invitations and blocks.</summary>
internal sealed class FriendFunctions(FriendStore store, FriendActions actions) : IFunctionModule
{
    private const int MaxLimit = 1000;
    private const int DefaultLimit = 100;
    private const string BadUser = "expects user ID to be a valid identifier";
    private const string BadFriend = "each user id must be a valid id string";
    private const string Nobody = "no valid ID or username was provided";

    private static readonly LanguageText AddFailed = "error adding friends";
    private static readonly LanguageText DeleteFailed = "error deleting friends";
    private static readonly LanguageText BlockFailed = new("error blocking friends", "error while trying to block friends");
    private static readonly LanguageText ListFailed = "error while trying to list friends for a user";

    public string Name => "Friends";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("friends_list", "A page of a user's friends (0), invitations sent (1) and received (2), and blocks (3); -1 is any state.")
            .Id("user_id", BadUser).OptionalWhole("limit", DefaultLimit).OptionalWhole("state").OptionalText("cursor", "")
            .Returns("friends", "cursor").Does(ListAsync);
        functions.Function("friends_of_friends_list", "A page of the friends of a user's friends who are not the user's own, each with who is in between.")
            .Id("user_id", BadUser).OptionalWhole("limit", DefaultLimit).OptionalText("cursor", "")
            .Returns("friends_of_friends", "cursor").Does(ListFriendsOfFriendsAsync);
        Others(functions.Function("friends_add", "Invites users, and accepts those who have invited the user."))
            .OptionalTable("metadata", "invalid metadata: must be an object").NeededInJavaScript().Does(AddAsync);
        Others(functions.Function("friends_delete", "Ends friendships, invitations and the user's own blocks.")).Does(DeleteAsync);
        Others(functions.Function("friends_block", "Blocks users.")).Does(BlockAsync);
        functions.Function("friend_metadata_update", "Replaces what a user has noted about another; nothing happens when they are not related.")
            .Id("user_id", BadUser).Id("friend_user_id", BadUser).Table("metadata").Does(SetMetadataAsync);
        functions.Function("users_get_friend_status", "What users are to a user; those who are nothing are left out.")
            .Id("user_id", BadUser).Table("user_ids").Returns("friends").Does(StatusAsync);
    }

    private static FunctionDescription Others(FunctionDescription function) => function
        .Id("user_id", BadUser).Text("username", "expects username string").OptionalTable("ids").OptionalTable("usernames");

    private async ValueTask<ScriptValue> ListAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var (limit, state) = (call.Limit(1, MaxLimit), call.State(2, (int)FriendState.Blocked));
        var page = await store.ListAsync(call.Id(0), (FriendState?)state, limit, call.Edge(3, state, ListFailed), cancellationToken).OrFaultAsync(ListFailed);
        return call.Page(page.Friends.Select(Of).ToList(), page.Cursor, "friends");
    }

    private async ValueTask<ScriptValue> ListFriendsOfFriendsAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        const string Failure = "error while trying to list friends of friends for a user";
        var limit = call.Limit(1, MaxLimit);
        FriendOfFriendCursor from = default;
        if (call.Text(2).Length > 0) from = FriendOfFriendCursor.Parse(call.Text(2)) ?? throw Attempt.Fault(Failure, "cursor is invalid");
        var page = await store.ListFriendsOfFriendsAsync(call.Id(0), limit, from, cancellationToken).OrFaultAsync(Failure);
        var rows = page.FriendsOfFriends.Select(static row =>
            ScriptValue.Of(ScriptRecord.Showing(row, static (source, _) => Show((FriendsOfFriendsList.Types.FriendOfFriend)source)))).ToList();
        return call.Page(rows, page.Cursor, "friends_of_friends");
    }

    private async ValueTask<ScriptValue> AddAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        if (!HasOthers(call)) return default;
        var (ids, names) = OthersOf(call, "cannot add self as friend");
        return await actions.AddAsync(call.Id(0), call.Text(1), ids, names, call.JsonOrNull(4) ?? "", cancellationToken)
            .OrFaultAsync(AddFailed, CauseOf);
    }

    private async ValueTask<ScriptValue> DeleteAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        if (!HasOthers(call)) return default;
        var (ids, names) = OthersOf(call, "cannot delete self");
        if (!await actions.DeleteAsync(call.Id(0), call.Text(1), ids, names, cancellationToken).OrFaultAsync(DeleteFailed, CauseOf))
            throw Attempt.Fault(DeleteFailed, Nobody);
        return default;
    }

    private async ValueTask<ScriptValue> BlockAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        if (!HasOthers(call)) return default;
        var (ids, names) = OthersOf(call, "cannot block self");
        return await actions.BlockAsync(call.Id(0), ids, names, cancellationToken).OrFaultAsync(BlockFailed, CauseOf);
    }

    private async ValueTask<ScriptValue> SetMetadataAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        // The spelling of the second text is kept for compatibility: modules may compare it.
        LanguageText failure = new("error updating friends metadata", "error updating froind metadata");
        await store.SetMetadataAsync(call.Id(0), call.Id(1), call.JsonOrNull(2)!, cancellationToken).OrFaultAsync(failure);
        return default;
    }

    private async ValueTask<ScriptValue> StatusAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var ids = call.Ids(1, BadFriend);
        var friends = ids.Count == 0 ? [] : await store.StatusAsync(call.Id(0), ids, cancellationToken).OrFaultAsync("failed to get users friend status");
        return ScriptValue.Of(friends.ConvertAll(Of));
    }

    private static bool HasOthers(FunctionCall call) => call.Has(2) || call.Has(3);

    /// <summary>The other users, by id and by name; the user itself is not allowed.</summary>
    private static (List<Guid> Ids, List<string> Names) OthersOf(FunctionCall call, LanguageText whenSelf)
    {
        var ids = call.Has(2) ? call.Ids(2, BadFriend) : [];
        var names = call.Has(3) ? call.Texts(3, "each username must be a string") : [];
        if (ids.Contains(call.Id(0))) throw call.Refuse(2, whenSelf);
        if (ids.Contains(Guid.Empty)) throw call.Refuse(2, BadFriend);
        if (names.Contains(call.Text(1))) throw call.Refuse(3, whenSelf);
        return ids.Count + names.Count > 0 ? (ids, names) : throw new FunctionException(Nobody);
    }

    private static string CauseOf(Exception error)
    {
        if (error is not ApiException refusal) return Cause.Of(error);
        if (refusal.Status == StatusCode.Unauthenticated) return "user not found";
        return refusal.Reason switch
        {
            FriendErrors.AddSelfReason => "cannot add self as friend",
            FriendErrors.DeleteSelfReason => "cannot delete self",
            FriendErrors.BlockSelfReason => "cannot block self",
            FriendErrors.NobodyGivenReason => Nobody,
            _ => refusal.Message,
        };
    }

    private static ScriptValue Of(Friend friend) => ScriptValue.Of(ScriptRecord.Showing(friend, static (source, _) => Show((Friend)source)));

    private static ScriptRecord Show(FriendsOfFriendsList.Types.FriendOfFriend row) =>
        new ScriptRecord(2).Add("referrer", row.Referrer).Add("user", AccountRecords.Of(row.User));

    private static ScriptRecord Show(Friend friend) => new ScriptRecord(4)
        .Add("state", friend.State ?? 0)
        .AddIfSet("update_time", friend.UpdateTime)
        .Add("user", AccountRecords.Of(friend.User))
        .AddJson("metadata", friend.Metadata.Length == 0 ? "{}" : friend.Metadata);
}
