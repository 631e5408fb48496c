using Nakama.Server.Database;
using Nakama.Server.Identity;
using Nakama.Server.Security;
using Npgsql;

namespace Nakama.Server.Authentication;

/// <summary>Who has signed in, and whether that made the account.</summary>
internal sealed record SignedInUser(Guid Id, string Username, bool IsCreated);

/// <summary>Finds the account of someone whom a provider has vouched for, or makes it.</summary>
internal sealed class SocialAccounts(SocialStore store, ILogger<SocialAccounts> log)
{
    private const int MaxDisplayNameBytes = 255;
    private const int MaxAvatarUrlBytes = 512;

    /// <summary>Finds the account or makes it, under the name wanted if it is new.</summary>
    /// <exception cref="Errors.ApiException">There is none and none is to be made, the user is banned, or the name is taken.</exception>
    public async ValueTask<SignedInUser> FindOrCreateAsync(
        SocialIdentity identity, SocialProfile profile, string username, bool mayCreate, CancellationToken cancellationToken)
    {
        profile = Fitting(profile);
        var user = await FindAsync(identity, profile, cancellationToken);
        if (user is null)
        {
            if (!mayCreate) throw AuthenticationErrors.UserNotFound;
            var userId = Guid.NewGuid();
            var creation = await CreateAsync(identity, userId, username, profile, cancellationToken);
            if (creation == Creation.Created)
            {
                await ImportEmailAsync(identity, userId, profile, cancellationToken);
                return new SignedInUser(userId, username, IsCreated: true);
            }

            // The same player has come in by another request meanwhile; otherwise the refusal stands.
            user = await FindAsync(identity, profile, cancellationToken)
                ?? throw (creation == Creation.UsernameTaken ? AuthenticationErrors.UsernameTaken : AuthenticationErrors.CreateFailed);
        }

        if (user.IsBanned) throw AuthenticationErrors.Banned;
        if (identity == SocialIdentity.Google) await CompleteAsync(user, profile, cancellationToken);
        return new SignedInUser(user.Id, user.Username, IsCreated: false);
    }

    /// <summary>Drops a name and a picture that no row has room for: they are no reason to keep a player out.</summary>
    public static SocialProfile Fitting(SocialProfile profile) => profile with
    {
        Name = InputText.HasLength(profile.Name, 0, MaxDisplayNameBytes) ? profile.Name : "",
        PictureUrl = InputText.HasLength(profile.PictureUrl, 0, MaxAvatarUrlBytes) ? profile.PictureUrl : "",
    };

    /// <summary>Gives the account that is known by the profile's former id the new one, unless someone has that already.</summary>
    /// <returns>The account with the new id; null when there is none.</returns>
    public async ValueTask<SocialUser?> RecogniseAsync(SocialIdentity identity, SocialProfile profile, CancellationToken cancellationToken)
    {
        var user = await store.FindAsync(identity, profile.Id, cancellationToken);
        if (user is not null || profile.FormerId.Length == 0 || profile.FormerId == profile.Id) return user;
        try
        {
            await store.MoveAsync(identity, profile.FormerId, profile.Id, cancellationToken);
        }
        catch (PostgresException e) when (DatabaseErrors.IsUniqueViolation(e))
        {
            // Another request has just done the same.
        }

        return await store.FindAsync(identity, profile.Id, cancellationToken);
    }

    /// <summary>Makes the provider's address that of the account, in place of another. One that someone has already is left out.</summary>
    /// <exception cref="Errors.ApiException">The database would not take it.</exception>
    public async ValueTask ReplaceEmailAsync(SocialIdentity identity, Guid userId, string email, CancellationToken cancellationToken)
    {
        if (email.Length == 0) return;
        var failure = new StatementFailure("Importing an address", () => SocialErrors.EmailFailed(identity));
        if (!await failure.TranslateAsync(store.SetEmailAsync(userId, email, cancellationToken), log))
            AuthenticationLog.EmailTaken(log, identity.Name, userId);
    }

    private ValueTask ImportEmailAsync(SocialIdentity identity, Guid userId, SocialProfile profile, CancellationToken cancellationToken) =>
        // Apple's came with the account itself.
        identity == SocialIdentity.Apple ? default : ReplaceEmailAsync(identity, userId, profile.Email, cancellationToken);

    private ValueTask<SocialUser?> FindAsync(SocialIdentity identity, SocialProfile profile, CancellationToken cancellationToken) =>
        AuthenticationFailures.Find.TranslateAsync(RecogniseAsync(identity, profile, cancellationToken), log);

    private ValueTask<Creation> CreateAsync(
        SocialIdentity identity, Guid userId, string username, SocialProfile profile, CancellationToken cancellationToken)
    {
        // Only Apple's address is worth an account: for the others it is a gift that may be taken.
        var created = identity == SocialIdentity.Apple ? profile : profile with { Email = "" };
        return AuthenticationFailures.Create.TranslateAsync(store.CreateAsync(identity, userId, username, created, cancellationToken), log);
    }

    private async ValueTask CompleteAsync(SocialUser user, SocialProfile profile, CancellationToken cancellationToken)
    {
        var isNews = (!user.HasDisplayName && profile.Name.Length > 0) || (!user.HasAvatar && profile.PictureUrl.Length > 0);
        if (!isNews) return;
        try
        {
            await store.CompleteAsync(user.Id, profile, cancellationToken);
        }
        catch (Exception e) when (DatabaseRetry.IsStatementFailure(e))
        {
            // The player has an account, and that is what was asked for.
            DatabaseLog.StatementFailed(log, e, "Completing a profile");
        }
    }
}
