using System.Net;
using Google.Protobuf.WellKnownTypes;
using Nakama.Console.Nodes;
using Nakama.Protocol.Api;
using Nakama.Protocol.Console;
using AccountDetail = Nakama.Protocol.Console.Account;
using UpdateAccountRequest = Nakama.Protocol.Console.UpdateAccountRequest;
using User = Nakama.Protocol.Api.User;

namespace Nakama.Console.Accounts;

/// <summary>The account methods of the node's console API.</summary>
public sealed class AccountsClient(NodeClient node)
{
    private const string Root = "/account";
    private const int LedgerPage = 20;
    private const int NotesPage = 10;

    public async Task<AccountList> ListAsync(string filter, bool tombstones, string cursor, CancellationToken cancellationToken)
    {
        var page = await node.GetAsync<AccountList>(
            NodePath.Of(Root).With(("filter", filter), ("tombstones", tombstones ? "true" : "false"), ("cursor", cursor)), cancellationToken);
        foreach (var user in page.Users) Decode(user);
        return page;
    }

    public async Task<AccountDetail> GetAsync(string id, CancellationToken cancellationToken)
    {
        var detail = await node.GetAsync<AccountDetail>(NodePath.Of(Root, id), cancellationToken);
        Decode(detail.Account_.User);
        return detail;
    }

    /// <param name="id">The account.</param>
    /// <param name="changes">Null keeps a value; an empty text clears the field.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task UpdateAsync(string id, UpdateAccountRequest changes, CancellationToken cancellationToken) =>
        node.PostAsync(NodePath.Of(Root, id), changes, cancellationToken);

    public Task BanAsync(string id, CancellationToken cancellationToken) =>
        node.PostAsync(NodePath.Of(Root, id, "ban"), null, cancellationToken);

    public Task UnbanAsync(string id, CancellationToken cancellationToken) =>
        node.PostAsync(NodePath.Of(Root, id, "unban"), null, cancellationToken);

    /// <param name="id">The account.</param>
    /// <param name="record">Whether the deletion leaves a tombstone.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task DeleteAsync(string id, bool record, CancellationToken cancellationToken) =>
        node.DeleteAsync(NodePath.Of(Root, id).With(("record_deletion", record ? "true" : null)), cancellationToken);

    /// <param name="id">The account.</param>
    /// <param name="kind">The last part of the node's path, such as <c>custom</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task UnlinkAsync(string id, string kind, CancellationToken cancellationToken) =>
        node.PostAsync(NodePath.Of(Root, id, "unlink", kind), null, cancellationToken);

    public Task UnlinkDeviceAsync(string id, string deviceId, CancellationToken cancellationToken) =>
        node.PostAsync(NodePath.Of(Root, id, "unlink", "device"), new UnlinkDeviceRequest { DeviceId = deviceId }, cancellationToken);

    public Task<FriendList> ListFriendsAsync(string id, CancellationToken cancellationToken) =>
        node.GetAsync<FriendList>(NodePath.Of(Root, id, "friend"), cancellationToken);

    public Task DeleteFriendAsync(string id, string friendId, CancellationToken cancellationToken) =>
        node.DeleteAsync(NodePath.Of(Root, id, "friend", friendId), cancellationToken);

    public Task<UserGroupList> ListGroupsAsync(string id, CancellationToken cancellationToken) =>
        node.GetAsync<UserGroupList>(NodePath.Of(Root, id, "group"), cancellationToken);

    /// <param name="id">The account.</param>
    /// <param name="groupId">The group that it leaves.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task LeaveGroupAsync(string id, string groupId, CancellationToken cancellationToken) =>
        node.DeleteAsync(NodePath.Of(Root, id, "group", groupId), cancellationToken);

    /// <param name="id">The account.</param>
    /// <param name="after">Entries from this time on; null for all.</param>
    /// <param name="before">Entries up to this time; null for all.</param>
    /// <param name="cursor">Where the page starts; empty for the first one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<WalletLedgerList> ListLedgerAsync(string id, string? after, string? before, string cursor, CancellationToken cancellationToken) =>
        node.GetAsync<WalletLedgerList>(
            NodePath.Of(Root, id, "wallet").With(("limit", LedgerPage), ("after", after), ("before", before), ("cursor", cursor)), cancellationToken);

    public Task DeleteLedgerEntryAsync(string id, string entryId, CancellationToken cancellationToken) =>
        node.DeleteAsync(NodePath.Of(Root, id, "wallet", entryId), cancellationToken);

    public Task<ListAccountNotesResponse> ListNotesAsync(string id, string cursor, CancellationToken cancellationToken) =>
        node.GetAsync<ListAccountNotesResponse>(NodePath.Of(Root, id, "note").With(("limit", NotesPage), ("cursor", cursor)), cancellationToken);

    /// <param name="id">The account.</param>
    /// <param name="noteId">The note that is changed; empty for a new one.</param>
    /// <param name="note">The text.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task WriteNoteAsync(string id, string noteId, string note, CancellationToken cancellationToken) =>
        node.PostAsync(NodePath.Of(Root, id, "note"), new AddAccountNoteRequest { Id = noteId, Note = note }, cancellationToken);

    public Task DeleteNoteAsync(string id, string noteId, CancellationToken cancellationToken) =>
        node.DeleteAsync(NodePath.Of(Root, id, "note", noteId), cancellationToken);

    public Task<AccountExport> ExportAsync(string id, CancellationToken cancellationToken) =>
        node.GetAsync<AccountExport>(NodePath.Of(Root, id, "export"), cancellationToken);

    /// <summary>Replaces the metadata, the wallet and the storage objects of an account.</summary>
    public Task ImportAsync(string id, AccountExport data, CancellationToken cancellationToken) =>
        node.PutAsync<Empty>(NodePath.Of(Root, id, "import"), new AccountImport { Data = data }, cancellationToken);

    /// <summary>Makes the account that was exported.</summary>
    public Task ImportNewAsync(AccountExport data, CancellationToken cancellationToken) =>
        node.PostAsync(NodePath.Of(Root), new AccountImport { Data = data }, cancellationToken);

    /// <summary>The console API escapes these texts for HTML; pages escape what they render by themselves.</summary>
    private static void Decode(User user)
    {
        user.DisplayName = WebUtility.HtmlDecode(user.DisplayName);
        user.AvatarUrl = WebUtility.HtmlDecode(user.AvatarUrl);
        user.LangTag = WebUtility.HtmlDecode(user.LangTag);
        user.Location = WebUtility.HtmlDecode(user.Location);
        user.Timezone = WebUtility.HtmlDecode(user.Timezone);
    }
}
