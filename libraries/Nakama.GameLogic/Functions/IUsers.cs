using Nakama.Protocol.Api;

namespace Nakama.GameLogic.Functions;

/// <summary>Users: what others see of accounts.</summary>
public interface IUsers
{
    /// <summary>The users with the ids or Facebook ids; unknown ones are left out.</summary>
    /// <param name="userIds">The users.</param>
    /// <param name="facebookIds">Facebook ids; their users are returned too.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The users that exist.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("users_get_id")]
    Task<IReadOnlyList<User>> GetAsync(
        IReadOnlyCollection<Guid> userIds, IReadOnlyCollection<string>? facebookIds = null, CancellationToken cancellationToken = default);

    /// <summary>The users with the names; unknown ones are left out.</summary>
    /// <param name="usernames">The names of users.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The users that exist.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("users_get_username")]
    Task<IReadOnlyList<User>> GetByUsernameAsync(IReadOnlyCollection<string> usernames, CancellationToken cancellationToken = default);

    /// <summary>Random users, at most 1000.</summary>
    /// <param name="count">The number.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The users.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("users_get_random")]
    Task<IReadOnlyList<User>> GetRandomAsync(int count, CancellationToken cancellationToken = default);

    /// <summary>Bans users: their sockets are closed and their tokens become invalid.</summary>
    /// <param name="userIds">The users.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("users_ban_id")]
    Task BanAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken = default);

    /// <summary>Lets banned users sign in again.</summary>
    /// <param name="userIds">The users.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("users_unban_id")]
    Task UnbanAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken = default);
}
