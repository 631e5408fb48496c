using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Server.Friends;
using Nakama.Server.Identity;
using Npgsql;

namespace Nakama.Server.Authentication;

/// <summary>Makes users friends that are friends on Facebook or Steam and both have an account here.</summary>
internal sealed class SocialFriends(
    SocialProviders providers, SocialStore store, FriendImport friends, ILogger<SocialFriends> log)
{
    /// <summary>
    /// Imports friends with an access token of the Graph API; <paramref name="reset"/> removes existing friendships first.
    /// </summary>
    /// <exception cref="ApiException">Facebook does not return the friends, or the database fails.</exception>
    public async ValueTask ImportFacebookAsync(Guid userId, string username, string token, bool reset, CancellationToken cancellationToken) =>
        await ImportAsync(
            SocialIdentity.Facebook, userId, username, await providers.Facebook.ListFriendsAsync(token, cancellationToken), reset, cancellationToken);

    /// <summary>Imports the friends of a Steam id; <paramref name="reset"/> removes existing friendships first.</summary>
    /// <exception cref="ApiException">Steam does not return the friends, or the database fails.</exception>
    public async ValueTask ImportSteamAsync(Guid userId, string username, string steamId, bool reset, CancellationToken cancellationToken) =>
        await ImportAsync(
            SocialIdentity.Steam, userId, username, await providers.Steam.ListFriendsAsync(steamId, cancellationToken), reset, cancellationToken);

    /// <summary>Imports as part of another operation, which succeeds whether the import does or not.</summary>
    public ValueTask TryImportFacebookAsync(
        Guid userId, string username, SocialProfile profile, string token, CancellationToken cancellationToken) =>
        // A Limited Login token gives access to the profile only.
        profile.HasFriends
            ? TryAsync(SocialIdentity.Facebook, userId, ImportFacebookAsync(userId, username, token, reset: false, cancellationToken))
            : default;

    /// <inheritdoc cref="TryImportFacebookAsync"/>
    public ValueTask TryImportSteamAsync(Guid userId, string username, SocialProfile profile, CancellationToken cancellationToken) =>
        TryAsync(SocialIdentity.Steam, userId, ImportSteamAsync(userId, username, profile.Id, reset: false, cancellationToken));

    private async ValueTask ImportAsync(
        SocialIdentity identity, Guid userId, string username, IReadOnlyList<string>? ids, bool reset, CancellationToken cancellationToken)
    {
        if (ids is null) throw SocialErrors.Refused(identity);
        if (ids.Count == 0 && !reset) return;
        var failure = new StatementFailure("Importing friends", () => SocialErrors.ImportFailed(identity));
        var users = await failure.TranslateAsync(store.FindAllAsync(identity, ids, cancellationToken), log);
        await failure.TranslateAsync(friends.ImportAsync(userId, username, identity.Name.ToLowerInvariant(), users, reset, cancellationToken), log);
    }

    private async ValueTask TryAsync(SocialIdentity identity, Guid userId, ValueTask importing)
    {
        try
        {
            await importing;
        }
        catch (Exception e) when (e is ApiException or NpgsqlException)
        {
            AuthenticationLog.ImportFailed(log, identity.Name, userId, e.Message);
        }
    }
}
