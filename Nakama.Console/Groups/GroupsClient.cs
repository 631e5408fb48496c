using Nakama.Console.Nodes;
using Nakama.Protocol.Api;
using Nakama.Protocol.Console;
using AddGroupUsersRequest = Nakama.Protocol.Console.AddGroupUsersRequest;
using GroupList = Nakama.Protocol.Console.GroupList;
using UpdateGroupRequest = Nakama.Protocol.Console.UpdateGroupRequest;

namespace Nakama.Console.Groups;

/// <summary>The group methods of the node's console API.</summary>
public sealed class GroupsClient(NodeClient node)
{
    private const string Root = "/group";

    /// <param name="filter">A group's id, its exact name, or a pattern with <c>%</c>; empty for all groups.</param>
    /// <param name="cursor">Where the page starts; empty for the first one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<GroupList> ListAsync(string filter, string cursor, CancellationToken cancellationToken) =>
        node.GetAsync<GroupList>(NodePath.Of(Root).With(("filter", filter), ("cursor", cursor)), cancellationToken);

    public Task<Group> GetAsync(string id, CancellationToken cancellationToken) =>
        node.GetAsync<Group>(NodePath.Of(Root, id), cancellationToken);

    public Task<GroupUserList> ListMembersAsync(string id, CancellationToken cancellationToken) =>
        node.GetAsync<GroupUserList>(NodePath.Of(Root, id, "member"), cancellationToken);

    /// <param name="id">The group.</param>
    /// <param name="changes">Null keeps a value.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task UpdateAsync(string id, UpdateGroupRequest changes, CancellationToken cancellationToken) =>
        node.PostAsync(NodePath.Of(Root, id), changes, cancellationToken);

    /// <param name="id">The group.</param>
    /// <param name="userIds">The players, separated by commas.</param>
    /// <param name="joinRequest">Whether they ask to join, as they would by themselves.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task AddMembersAsync(string id, string userIds, bool joinRequest, CancellationToken cancellationToken) =>
        node.PostAsync(NodePath.Of(Root, id, "add"), new AddGroupUsersRequest { Ids = userIds, JoinRequest = joinRequest }, cancellationToken);

    public Task PromoteAsync(string id, string userId, CancellationToken cancellationToken) =>
        node.PostAsync(NodePath.Of(Root, id, "account", userId, "promote"), null, cancellationToken);

    public Task DemoteAsync(string id, string userId, CancellationToken cancellationToken) =>
        node.PostAsync(NodePath.Of(Root, id, "account", userId, "demote"), null, cancellationToken);

    public Task<GroupExport> ExportAsync(string id, CancellationToken cancellationToken) =>
        node.GetAsync<GroupExport>(NodePath.Of(Root, id, "export"), cancellationToken);

    public Task DeleteAsync(string id, CancellationToken cancellationToken) => node.DeleteAsync(NodePath.Of(Root, id), cancellationToken);
}
