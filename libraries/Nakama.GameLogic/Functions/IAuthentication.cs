namespace Nakama.GameLogic.Functions;

/// <summary>Accounts of users that a game authenticates itself, and session tokens for them. Hooks are not called.</summary>
public interface IAuthentication
{
    /// <summary>The account with the Apple ID of a token.</summary>
    /// <param name="token">The token of the provider.</param>
    /// <param name="username">The name of a new account; null for a random one.</param>
    /// <param name="create">Whether an account is made when there is none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The user, and whether the account is new.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("authenticate_apple")]
    Task<AuthenticatedUser> AppleAsync(
        string token, string? username = null, bool create = true, CancellationToken cancellationToken = default);

    /// <summary>The account with an id of the game's own.</summary>
    /// <param name="id">The id, 6 to 128 bytes.</param>
    /// <param name="username">The name of a new account; null for a random one.</param>
    /// <param name="create">Whether an account is made when there is none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The user, and whether the account is new.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("authenticate_custom")]
    Task<AuthenticatedUser> CustomAsync(
        string id, string? username = null, bool create = true, CancellationToken cancellationToken = default);

    /// <summary>The account with a device.</summary>
    /// <param name="id">The id of the device, 10 to 128 bytes.</param>
    /// <param name="username">The name of a new account; null for a random one.</param>
    /// <param name="create">Whether an account is made when there is none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The user, and whether the account is new.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("authenticate_device")]
    Task<AuthenticatedUser> DeviceAsync(
        string id, string? username = null, bool create = true, CancellationToken cancellationToken = default);

    /// <summary>The account with an address and a password; without an address, the one with the username.</summary>
    /// <param name="email">The address.</param>
    /// <param name="password">The password.</param>
    /// <param name="username">The name of a new account; null for a random one.</param>
    /// <param name="create">Whether an account is made when there is none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The user, and whether the account is new.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("authenticate_email")]
    Task<AuthenticatedUser> EmailAsync(
        string? email, string password, string? username = null, bool create = true, CancellationToken cancellationToken = default);

    /// <summary>The account with the Facebook id of a token.</summary>
    /// <param name="token">The token of the provider.</param>
    /// <param name="importFriends">Whether the provider's friends become friends.</param>
    /// <param name="username">The name of a new account; null for a random one.</param>
    /// <param name="create">Whether an account is made when there is none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The user, and whether the account is new.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("authenticate_facebook")]
    Task<AuthenticatedUser> FacebookAsync(
        string token, bool importFriends = true, string? username = null, bool create = true, CancellationToken cancellationToken = default);

    /// <summary>The account of a player of an Instant Game.</summary>
    /// <param name="playerInfo">The signed player info.</param>
    /// <param name="username">The name of a new account; null for a random one.</param>
    /// <param name="create">Whether an account is made when there is none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The user, and whether the account is new.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("authenticate_facebook_instant_game")]
    Task<AuthenticatedUser> FacebookInstantGameAsync(
        string playerInfo, string? username = null, bool create = true, CancellationToken cancellationToken = default);

    /// <summary>The account of a player of Game Center.</summary>
    /// <param name="playerId">The id of the player.</param>
    /// <param name="bundleId">The bundle of the app.</param>
    /// <param name="timestamp">The time of the signature, in seconds since the epoch.</param>
    /// <param name="salt">The salt of the signature.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="publicKeyUrl">The address of the key.</param>
    /// <param name="username">The name of a new account; null for a random one.</param>
    /// <param name="create">Whether an account is made when there is none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The user, and whether the account is new.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("authenticate_game_center")]
    Task<AuthenticatedUser> GameCenterAsync(
        string playerId, string bundleId, long timestamp, string salt, string signature, string publicKeyUrl, string? username = null,
        bool create = true, CancellationToken cancellationToken = default);

    /// <summary>The account with the Google id of a token.</summary>
    /// <param name="token">The token of the provider.</param>
    /// <param name="username">The name of a new account; null for a random one.</param>
    /// <param name="create">Whether an account is made when there is none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The user, and whether the account is new.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("authenticate_google")]
    Task<AuthenticatedUser> GoogleAsync(
        string token, string? username = null, bool create = true, CancellationToken cancellationToken = default);

    /// <summary>The account with the Steam id of a ticket. Friends are not imported.</summary>
    /// <param name="token">The token of the provider.</param>
    /// <param name="username">The name of a new account; null for a random one.</param>
    /// <param name="create">Whether an account is made when there is none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The user, and whether the account is new.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("authenticate_steam")]
    Task<AuthenticatedUser> SteamAsync(
        string token, string? username = null, bool create = true, CancellationToken cancellationToken = default);

    /// <summary>Signs a session token for a user, who is not looked up.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="username">The name in the token; null for a random one.</param>
    /// <param name="expiresAt">When the token expires; null for the configured lifetime.</param>
    /// <param name="vars">The variables of the session; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The token and when it expires.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("authenticate_token_generate")]
    Task<GeneratedToken> GenerateTokenAsync(
        Guid userId, string? username = null, DateTimeOffset? expiresAt = null, IReadOnlyDictionary<string, string>? vars = null,
        CancellationToken cancellationToken = default);
}
