namespace Nakama.GameLogic.Functions;

/// <summary>The users whose status a session follows.</summary>
public interface IStatus
{
    /// <summary>Lets a session receive the status of users; a session that does not exist is not an error.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="userIds">The users.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("status_follow")]
    Task FollowAsync(Guid sessionId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken = default);

    /// <summary>Ends that a session receives the status of users; a session that does not exist is not an error.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="userIds">The users.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("status_unfollow")]
    Task UnfollowAsync(Guid sessionId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken = default);
}
