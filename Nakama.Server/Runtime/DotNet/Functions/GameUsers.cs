using Nakama.GameLogic.Functions;
using Nakama.Protocol.Api;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="IUsers"/>
internal sealed class GameUsers(GameFunctionCaller caller) : GameFunctionGroup(caller), IUsers
{
    public async Task<IReadOnlyList<User>> GetAsync(
        IReadOnlyCollection<Guid> userIds, IReadOnlyCollection<string>? facebookIds, CancellationToken cancellationToken) =>
        List<User>(await CallAsync("users_get_id", [IdsIfAny(userIds), TextsIfAny(facebookIds)], cancellationToken));

    public async Task<IReadOnlyList<User>> GetByUsernameAsync(IReadOnlyCollection<string> usernames, CancellationToken cancellationToken) =>
        List<User>(await CallAsync("users_get_username", [Texts(usernames)], cancellationToken));

    public async Task<IReadOnlyList<User>> GetRandomAsync(int count, CancellationToken cancellationToken) =>
        List<User>(await CallAsync("users_get_random", [Whole(count)], cancellationToken));

    public Task BanAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        CallAsync("users_ban_id", [Ids(userIds)], cancellationToken);

    public Task UnbanAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        CallAsync("users_unban_id", [Ids(userIds)], cancellationToken);
}
