using Nakama.Protocol.Api;

namespace Nakama.GameLogic.Functions;

/// <summary>Groups and their members. Members are superadmins (0), admins (1), members (2), users who asked to join (3) or banned users (4).</summary>
public interface IGroups
{
    /// <summary>The groups with the ids; unknown ones are left out.</summary>
    /// <param name="groupIds">The groups.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The groups that exist.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("groups_get_id")]
    Task<IReadOnlyList<Group>> GetAsync(IReadOnlyCollection<Guid> groupIds, CancellationToken cancellationToken = default);

    /// <summary>A page of groups, either by name or by the other filters.</summary>
    /// <param name="name">The name, in which % stands for any text; null for any.</param>
    /// <param name="langTag">The language; null for any.</param>
    /// <param name="members">The most members; null for any number.</param>
    /// <param name="open">Only open or only closed ones; null for both.</param>
    /// <param name="limit">The number of rows of a page.</param>
    /// <param name="cursor">The cursor of an earlier page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A page.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("groups_list")]
    Task<Page<Group>> ListAsync(
        string? name = null, string? langTag = null, int? members = null, bool? open = null, int limit = 100, string? cursor = null,
        CancellationToken cancellationToken = default);

    /// <summary>Random groups, at most 1000.</summary>
    /// <param name="count">The number.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The groups.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("groups_get_random")]
    Task<IReadOnlyList<Group>> GetRandomAsync(int count, CancellationToken cancellationToken = default);

    /// <summary>Makes a group with a user as its superadmin.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="definition">What is made.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The group.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("group_create")]
    Task<Group> CreateAsync(Guid userId, GroupDefinition definition, CancellationToken cancellationToken = default);

    /// <summary>Changes a group.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="callerId">The user on whose behalf it happens; null for the system, which may do everything.</param>
    /// <param name="change">What changes; null members keep their value.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("group_update")]
    Task UpdateAsync(Guid groupId, Guid? callerId, GroupChange change, CancellationToken cancellationToken = default);

    /// <summary>Deletes a group.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("group_delete")]
    Task DeleteAsync(Guid groupId, CancellationToken cancellationToken = default);

    /// <summary>Adds a user to an open group, or asks the admins of a closed one.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="userId">The user.</param>
    /// <param name="username">The name of the user.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("group_user_join")]
    Task JoinAsync(Guid groupId, Guid userId, string username, CancellationToken cancellationToken = default);

    /// <summary>Removes a user from a group. When the last member leaves, the group is deleted.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="userId">The user.</param>
    /// <param name="username">The name of the user.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("group_user_leave")]
    Task LeaveAsync(Guid groupId, Guid userId, string username, CancellationToken cancellationToken = default);

    /// <summary>Adds users to a group.</summary>
    /// <param name="callerId">The user on whose behalf it happens; null for the system, which may do everything.</param>
    /// <param name="groupId">The group.</param>
    /// <param name="userIds">The users.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("group_users_add")]
    Task AddUsersAsync(Guid? callerId, Guid groupId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken = default);

    /// <summary>Removes users from a group.</summary>
    /// <param name="callerId">The user on whose behalf it happens; null for the system, which may do everything.</param>
    /// <param name="groupId">The group.</param>
    /// <param name="userIds">The users.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("group_users_kick")]
    Task KickUsersAsync(Guid? callerId, Guid groupId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken = default);

    /// <summary>Bans users from a group.</summary>
    /// <param name="callerId">The user on whose behalf it happens; null for the system, which may do everything.</param>
    /// <param name="groupId">The group.</param>
    /// <param name="userIds">The users.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("group_users_ban")]
    Task BanUsersAsync(Guid? callerId, Guid groupId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken = default);

    /// <summary>Promotes members by one rank.</summary>
    /// <param name="callerId">The user on whose behalf it happens; null for the system, which may do everything.</param>
    /// <param name="groupId">The group.</param>
    /// <param name="userIds">The users.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("group_users_promote")]
    Task PromoteUsersAsync(Guid? callerId, Guid groupId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken = default);

    /// <summary>Demotes members by one rank.</summary>
    /// <param name="callerId">The user on whose behalf it happens; null for the system, which may do everything.</param>
    /// <param name="groupId">The group.</param>
    /// <param name="userIds">The users.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("group_users_demote")]
    Task DemoteUsersAsync(Guid? callerId, Guid groupId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken = default);

    /// <summary>A page of the members of a group; without a state, all but the banned ones.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="limit">The number of rows of a page.</param>
    /// <param name="state">Only rows of this state; null for all.</param>
    /// <param name="cursor">The cursor of an earlier page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A page.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("group_users_list")]
    Task<Page<GroupUserList.Types.GroupUser>> ListUsersAsync(
        Guid groupId, int limit = 100, int? state = null, string? cursor = null, CancellationToken cancellationToken = default);

    /// <summary>A page of the groups of a user.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="limit">The number of rows of a page.</param>
    /// <param name="state">Only rows of this state; null for all.</param>
    /// <param name="cursor">The cursor of an earlier page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A page.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("user_groups_list")]
    Task<Page<UserGroupList.Types.UserGroup>> ListOfUserAsync(
        Guid userId, int limit = 100, int? state = null, string? cursor = null, CancellationToken cancellationToken = default);
}
