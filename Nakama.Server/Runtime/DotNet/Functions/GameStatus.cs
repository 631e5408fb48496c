using Nakama.GameLogic.Functions;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="IStatus"/>
internal sealed class GameStatus(GameFunctionCaller caller) : GameFunctionGroup(caller), IStatus
{
    public Task FollowAsync(Guid sessionId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        CallAsync("status_follow", [Id(sessionId), Ids(userIds)], cancellationToken);

    public Task UnfollowAsync(Guid sessionId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        CallAsync("status_unfollow", [Id(sessionId), Ids(userIds)], cancellationToken);
}
