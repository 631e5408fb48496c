using Nakama.Server.Database;
using Nakama.Server.Identity;
using Nakama.Server.Security;
using Npgsql;

namespace Nakama.Server.Authentication;

/// <summary>The user that has signed in, and whether that created the account.</summary>
internal sealed record SignedInUser(Guid Id, string Username, bool IsCreated);

/// <summary>Finds or creates the account for a profile that a provider has verified.</summary>
internal sealed class SocialAccounts(SocialStore store, ILogger<SocialAccounts> log)
{
    private const int MaxDisplayNameBytes = 255;
    private const int MaxAvatarUrlBytes = 512;

    /// <summary>Finds the account, or creates it under the requested name.</summary>
    /// <exception cref="Errors.ApiException">
    /// There is none and none may be created, the user is banned, or the name is taken.
    /// </exception>
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

            // A concurrent request may have created the account of the same player; otherwise the error stands.
            user = await FindAsync(identity, profile, cancellationToken)
                ?? throw (creation == Creation.UsernameTaken ? AuthenticationErrors.UsernameTaken : AuthenticationErrors.CreateFailed);
        }

        if (user.IsBanned) throw AuthenticationErrors.Banned;
        if (identity == SocialIdentity.Google) await CompleteAsync(user, profile, cancellationToken);
        return new SignedInUser(user.Id, user.Username, IsCreated: false);
    }

    /// <summary>Drops a name and a picture that do not fit into the row: they must not prevent a sign-in.</summary>
    public static SocialProfile Fitting(SocialProfile profile) => profile with
    {
        Name = InputText.HasLength(profile.Name, 0, MaxDisplayNameBytes) ? profile.Name : "",
        PictureUrl = InputText.HasLength(profile.PictureUrl, 0, MaxAvatarUrlBytes) ? profile.PictureUrl : "",
    };

    /// <summary>Replaces the profile's former id of an account by the new one, unless another account has that already.</summary>
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
            // A concurrent request has done the same.
        }

        return await store.FindAsync(identity, profile.Id, cancellationToken);
    }

    /// <summary>
    /// Sets the account's address to the provider's, replacing any other. An address of another account is skipped.
    /// </summary>
    /// <exception cref="Errors.ApiException">The statement failed.</exception>
    public async ValueTask ReplaceEmailAsync(SocialIdentity identity, Guid userId, string email, CancellationToken cancellationToken)
    {
        if (email.Length == 0) return;
        var failure = new StatementFailure("Importing an address", () => SocialErrors.EmailFailed(identity));
        if (!await failure.TranslateAsync(store.SetEmailAsync(userId, email, cancellationToken), log))
            AuthenticationLog.EmailTaken(log, identity.Name, userId);
    }

    private ValueTask ImportEmailAsync(SocialIdentity identity, Guid userId, SocialProfile profile, CancellationToken cancellationToken) =>
        // Apple's address was stored when the account was created.
        identity == SocialIdentity.Apple ? default : ReplaceEmailAsync(identity, userId, profile.Email, cancellationToken);

    private ValueTask<SocialUser?> FindAsync(SocialIdentity identity, SocialProfile profile, CancellationToken cancellationToken) =>
        AuthenticationFailures.Find.TranslateAsync(RecogniseAsync(identity, profile, cancellationToken), log);

    private ValueTask<Creation> CreateAsync(
        SocialIdentity identity, Guid userId, string username, SocialProfile profile, CancellationToken cancellationToken)
    {
        // An address that is taken prevents the account only for Apple; for the others the address is optional.
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
            // The sign-in itself has succeeded.
            DatabaseLog.StatementFailed(log, e, "Completing a profile");
        }
    }
}
