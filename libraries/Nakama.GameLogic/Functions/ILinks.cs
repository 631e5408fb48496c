namespace Nakama.GameLogic.Functions;

/// <summary>Credentials of accounts.</summary>
public interface ILinks
{
    /// <summary>Lets a user sign in with the Apple ID of a token.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="token">The token of the provider.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("link_apple")]
    Task LinkAppleAsync(Guid userId, string token, CancellationToken cancellationToken = default);

    /// <summary>Lets a user sign in with an id of the game's own.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="customId">The id of the game's own.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("link_custom")]
    Task LinkCustomAsync(Guid userId, string customId, CancellationToken cancellationToken = default);

    /// <summary>Lets a user sign in with a device.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="deviceId">The device.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("link_device")]
    Task LinkDeviceAsync(Guid userId, string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Lets a user sign in with an address and a password.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="email">The address.</param>
    /// <param name="password">The password.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("link_email")]
    Task LinkEmailAsync(Guid userId, string email, string password, CancellationToken cancellationToken = default);

    /// <summary>Lets a user sign in with the Facebook id of a token.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="username">The name of the user.</param>
    /// <param name="token">The token of the provider.</param>
    /// <param name="importFriends">Whether the provider's friends become friends.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("link_facebook")]
    Task LinkFacebookAsync(
        Guid userId, string username, string token, bool importFriends = true, CancellationToken cancellationToken = default);

    /// <summary>Lets a user sign in with a player of an Instant Game.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="playerInfo">The signed player info.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("link_facebook_instant_game")]
    Task LinkFacebookInstantGameAsync(Guid userId, string playerInfo, CancellationToken cancellationToken = default);

    /// <summary>Lets a user sign in with a player of Game Center.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="playerId">The id of the player.</param>
    /// <param name="bundleId">The bundle of the app.</param>
    /// <param name="timestamp">The time of the signature, in seconds since the epoch.</param>
    /// <param name="salt">The salt of the signature.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="publicKeyUrl">The address of the key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("link_gamecenter")]
    Task LinkGameCenterAsync(
        Guid userId, string playerId, string bundleId, long timestamp, string salt, string signature, string publicKeyUrl,
        CancellationToken cancellationToken = default);

    /// <summary>Lets a user sign in with the Google id of a token.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="token">The token of the provider.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("link_google")]
    Task LinkGoogleAsync(Guid userId, string token, CancellationToken cancellationToken = default);

    /// <summary>Lets a user sign in with the Steam id of a ticket.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="username">The name of the user.</param>
    /// <param name="token">The token of the provider.</param>
    /// <param name="importFriends">Whether the provider's friends become friends.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("link_steam")]
    Task LinkSteamAsync(
        Guid userId, string username, string token, bool importFriends = true, CancellationToken cancellationToken = default);

    /// <summary>Removes the Apple ID from an account. What is given must be that of the user, and the last credential cannot be
    /// removed.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="token">The token; null for whichever the account has.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("unlink_apple")]
    Task UnlinkAppleAsync(Guid userId, string? token = null, CancellationToken cancellationToken = default);

    /// <summary>Removes the id of the game's own from an account. What is given must be that of the user, and the last credential
    /// cannot be removed.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="customId">The id; null for whichever the account has.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("unlink_custom")]
    Task UnlinkCustomAsync(Guid userId, string? customId = null, CancellationToken cancellationToken = default);

    /// <summary>Removes a device from an account. What is given must be that of the user, and the last credential cannot be
    /// removed.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="deviceId">The device.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("unlink_device")]
    Task UnlinkDeviceAsync(Guid userId, string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Removes the address and the password from an account. What is given must be that of the user, and the last
    /// credential cannot be removed.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="email">The address; null for whichever the account has.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("unlink_email")]
    Task UnlinkEmailAsync(Guid userId, string? email = null, CancellationToken cancellationToken = default);

    /// <summary>Removes the Facebook id from an account. What is given must be that of the user, and the last credential cannot be
    /// removed.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="token">The token; null for whichever the account has.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("unlink_facebook")]
    Task UnlinkFacebookAsync(Guid userId, string? token = null, CancellationToken cancellationToken = default);

    /// <summary>Removes the player of an Instant Game from an account. What is given must be that of the user, and the last
    /// credential cannot be removed.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="playerInfo">The signed player info; null for whichever the account has.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("unlink_facebook_instant_game")]
    Task UnlinkFacebookInstantGameAsync(Guid userId, string? playerInfo = null, CancellationToken cancellationToken = default);

    /// <summary>Removes the player of Game Center from an account. What is given must be that of the user, and the last credential
    /// cannot be removed.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("unlink_gamecenter")]
    Task UnlinkGameCenterAsync(Guid userId, CancellationToken cancellationToken = default);

    /// <summary>Removes the Google id from an account. What is given must be that of the user, and the last credential cannot be
    /// removed.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="token">The token; null for whichever the account has.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("unlink_google")]
    Task UnlinkGoogleAsync(Guid userId, string? token = null, CancellationToken cancellationToken = default);

    /// <summary>Removes the Steam id from an account. What is given must be that of the user, and the last credential cannot be
    /// removed.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="token">The token; null for whichever the account has.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("unlink_steam")]
    Task UnlinkSteamAsync(Guid userId, string? token = null, CancellationToken cancellationToken = default);
}
