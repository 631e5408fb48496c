using Nakama.GameLogic.Functions;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="ILinks"/>
internal sealed class GameLinks(GameFunctionCaller caller) : GameFunctionGroup(caller), ILinks
{
    public Task LinkAppleAsync(Guid userId, string token, CancellationToken cancellationToken) =>
        CallAsync("link_apple", [Id(userId), Text(token)], cancellationToken);

    public Task LinkCustomAsync(Guid userId, string customId, CancellationToken cancellationToken) =>
        CallAsync("link_custom", [Id(userId), Text(customId)], cancellationToken);

    public Task LinkDeviceAsync(Guid userId, string deviceId, CancellationToken cancellationToken) =>
        CallAsync("link_device", [Id(userId), Text(deviceId)], cancellationToken);

    public Task LinkEmailAsync(Guid userId, string email, string password, CancellationToken cancellationToken) =>
        CallAsync("link_email", [Id(userId), Text(email), Text(password)], cancellationToken);

    public Task LinkFacebookAsync(Guid userId, string username, string token, bool importFriends, CancellationToken cancellationToken) =>
        CallAsync("link_facebook", [Id(userId), Text(username), Text(token), Flag(importFriends)], cancellationToken);

    public Task LinkFacebookInstantGameAsync(Guid userId, string playerInfo, CancellationToken cancellationToken) =>
        CallAsync("link_facebook_instant_game", [Id(userId), Text(playerInfo)], cancellationToken);

    public Task LinkGameCenterAsync(
        Guid userId, string playerId, string bundleId, long timestamp, string salt, string signature, string publicKeyUrl,
        CancellationToken cancellationToken) =>
        CallAsync(
            "link_gamecenter",
            [
                Id(userId), Text(playerId), Text(bundleId), Whole(timestamp), Text(salt), Text(signature), Text(publicKeyUrl),
            ],
            cancellationToken);

    public Task LinkGoogleAsync(Guid userId, string token, CancellationToken cancellationToken) =>
        CallAsync("link_google", [Id(userId), Text(token)], cancellationToken);

    public Task LinkSteamAsync(Guid userId, string username, string token, bool importFriends, CancellationToken cancellationToken) =>
        CallAsync("link_steam", [Id(userId), Text(username), Text(token), Flag(importFriends)], cancellationToken);

    public Task UnlinkAppleAsync(Guid userId, string? token, CancellationToken cancellationToken) =>
        CallAsync("unlink_apple", [Id(userId), Text(token)], cancellationToken);

    public Task UnlinkCustomAsync(Guid userId, string? customId, CancellationToken cancellationToken) =>
        CallAsync("unlink_custom", [Id(userId), Text(customId)], cancellationToken);

    public Task UnlinkDeviceAsync(Guid userId, string deviceId, CancellationToken cancellationToken) =>
        CallAsync("unlink_device", [Id(userId), Text(deviceId)], cancellationToken);

    public Task UnlinkEmailAsync(Guid userId, string? email, CancellationToken cancellationToken) =>
        CallAsync("unlink_email", [Id(userId), Text(email)], cancellationToken);

    public Task UnlinkFacebookAsync(Guid userId, string? token, CancellationToken cancellationToken) =>
        CallAsync("unlink_facebook", [Id(userId), Text(token)], cancellationToken);

    public Task UnlinkFacebookInstantGameAsync(Guid userId, string? playerInfo, CancellationToken cancellationToken) =>
        CallAsync("unlink_facebook_instant_game", [Id(userId), Text(playerInfo)], cancellationToken);

    public Task UnlinkGameCenterAsync(Guid userId, CancellationToken cancellationToken) =>
        CallAsync("unlink_gamecenter", [Id(userId)], cancellationToken);

    public Task UnlinkGoogleAsync(Guid userId, string? token, CancellationToken cancellationToken) =>
        CallAsync("unlink_google", [Id(userId), Text(token)], cancellationToken);

    public Task UnlinkSteamAsync(Guid userId, string? token, CancellationToken cancellationToken) =>
        CallAsync("unlink_steam", [Id(userId), Text(token)], cancellationToken);
}
