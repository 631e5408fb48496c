using Nakama.GameLogic.Functions;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="IAuthentication"/>
internal sealed class GameAuthentication(GameFunctionCaller caller) : GameFunctionGroup(caller), IAuthentication
{
    public async Task<AuthenticatedUser> AppleAsync(string token, string? username, bool create, CancellationToken cancellationToken) =>
        GameResults.Authenticated(await CallAsync("authenticate_apple", [Text(token), Text(username), Flag(create)], cancellationToken));

    public async Task<AuthenticatedUser> CustomAsync(string id, string? username, bool create, CancellationToken cancellationToken) =>
        GameResults.Authenticated(await CallAsync("authenticate_custom", [Text(id), Text(username), Flag(create)], cancellationToken));

    public async Task<AuthenticatedUser> DeviceAsync(string id, string? username, bool create, CancellationToken cancellationToken) =>
        GameResults.Authenticated(await CallAsync("authenticate_device", [Text(id), Text(username), Flag(create)], cancellationToken));

    public async Task<AuthenticatedUser> EmailAsync(
        string? email, string password, string? username, bool create, CancellationToken cancellationToken) =>
        GameResults.Authenticated(await CallAsync(
            "authenticate_email",
            [
                Text(email), Text(password), Text(username), Flag(create),
            ],
            cancellationToken));

    public async Task<AuthenticatedUser> FacebookAsync(
        string token, bool importFriends, string? username, bool create, CancellationToken cancellationToken) =>
        GameResults.Authenticated(await CallAsync(
            "authenticate_facebook",
            [
                Text(token), Flag(importFriends), Text(username), Flag(create),
            ],
            cancellationToken));

    public async Task<AuthenticatedUser> FacebookInstantGameAsync(
        string playerInfo, string? username, bool create, CancellationToken cancellationToken) =>
        GameResults.Authenticated(await CallAsync(
            "authenticate_facebook_instant_game",
            [
                Text(playerInfo), Text(username), Flag(create),
            ],
            cancellationToken));

    public async Task<AuthenticatedUser> GameCenterAsync(
        string playerId, string bundleId, long timestamp, string salt, string signature, string publicKeyUrl, string? username,
        bool create, CancellationToken cancellationToken) =>
        GameResults.Authenticated(await CallAsync(
            "authenticate_game_center",
            [
                Text(playerId), Text(bundleId), Whole(timestamp), Text(salt), Text(signature), Text(publicKeyUrl),
                Text(username), Flag(create),
            ],
            cancellationToken));

    public async Task<AuthenticatedUser> GoogleAsync(string token, string? username, bool create, CancellationToken cancellationToken) =>
        GameResults.Authenticated(await CallAsync("authenticate_google", [Text(token), Text(username), Flag(create)], cancellationToken));

    public async Task<AuthenticatedUser> SteamAsync(string token, string? username, bool create, CancellationToken cancellationToken) =>
        GameResults.Authenticated(await CallAsync("authenticate_steam", [Text(token), Flag(false), Text(username), Flag(create)], cancellationToken));

    public async Task<GeneratedToken> GenerateTokenAsync(
        Guid userId, string? username, DateTimeOffset? expiresAt, IReadOnlyDictionary<string, string>? vars, CancellationToken cancellationToken) =>
        GameResults.Token(await CallAsync(
            "authenticate_token_generate",
            [
                Id(userId), Text(username ?? ""), Instant(expiresAt), Map(vars),
            ],
            cancellationToken));
}
