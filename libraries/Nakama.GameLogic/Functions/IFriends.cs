using Nakama.Protocol.Api;

namespace Nakama.GameLogic.Functions;

/// <summary>Friends, invitations and blocks.</summary>
public interface IFriends
{
    /// <summary>A page of a user's friends (0), sent invitations (1), received invitations (2) and blocks (3).</summary>
    /// <param name="userId">The user.</param>
    /// <param name="limit">The number of rows of a page.</param>
    /// <param name="state">Only rows of this state; null for all.</param>
    /// <param name="cursor">The cursor of an earlier page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A page.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("friends_list")]
    Task<Page<Friend>> ListAsync(
        Guid userId, int limit = 100, int? state = null, string? cursor = null, CancellationToken cancellationToken = default);

    /// <summary>A page of the friends of a user's friends who are not friends of the user, each with the friend in
    /// between.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="limit">The number of rows of a page.</param>
    /// <param name="cursor">The cursor of an earlier page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A page.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("friends_of_friends_list")]
    Task<Page<FriendsOfFriendsList.Types.FriendOfFriend>> ListFriendsOfFriendsAsync(
        Guid userId, int limit = 100, string? cursor = null, CancellationToken cancellationToken = default);

    /// <summary>Invites users, and accepts those who have invited the user.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="username">The name of the user.</param>
    /// <param name="ids">The other users.</param>
    /// <param name="usernames">More of them by their names; null for none.</param>
    /// <param name="metadata">A JSON object; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("friends_add")]
    Task AddAsync(
        Guid userId, string username, IReadOnlyCollection<Guid> ids, IReadOnlyCollection<string>? usernames = null,
        string? metadata = null, CancellationToken cancellationToken = default);

    /// <summary>Ends friendships, invitations and the user's own blocks.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="username">The name of the user.</param>
    /// <param name="ids">The other users.</param>
    /// <param name="usernames">More of them by their names; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("friends_delete")]
    Task DeleteAsync(
        Guid userId, string username, IReadOnlyCollection<Guid> ids, IReadOnlyCollection<string>? usernames = null,
        CancellationToken cancellationToken = default);

    /// <summary>Blocks users.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="username">The name of the user.</param>
    /// <param name="ids">The other users.</param>
    /// <param name="usernames">More of them by their names; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("friends_block")]
    Task BlockAsync(
        Guid userId, string username, IReadOnlyCollection<Guid> ids, IReadOnlyCollection<string>? usernames = null,
        CancellationToken cancellationToken = default);

    /// <summary>Replaces the metadata of a user about another; nothing happens when they are not related.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="friendId">The other user.</param>
    /// <param name="metadata">A JSON object.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("friend_metadata_update")]
    Task UpdateMetadataAsync(Guid userId, Guid friendId, string metadata, CancellationToken cancellationToken = default);

    /// <summary>How users are related to a user; unrelated ones are left out.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="userIds">The other users.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The related users.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("users_get_friend_status")]
    Task<IReadOnlyList<Friend>> GetStatusAsync(
        Guid userId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken = default);
}
