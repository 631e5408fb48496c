using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Server.Identity;

namespace Nakama.Server.Authentication;

/// <summary>Links ids that providers have verified to accounts, and unlinks them, but never the last way to sign in.</summary>
internal sealed class SocialLinks(SocialStore store, SocialAccounts accounts, ILogger<SocialLinks> log)
{
    /// <summary>Links a profile. An existing id of the same provider is replaced.</summary>
    /// <exception cref="ApiException">Another account has the id, or there is no such account.</exception>
    public async ValueTask LinkAsync(SocialIdentity identity, Guid userId, SocialProfile profile, CancellationToken cancellationToken)
    {
        var isLinked = await RunAsync(
            store.LinkAsync(identity, userId, SocialAccounts.Fitting(profile), cancellationToken), SocialErrors.LinkFailed(identity));
        if (!isLinked) throw SocialErrors.InUse(identity);
        await accounts.ReplaceEmailAsync(identity, userId, profile.Email, cancellationToken);
    }

    /// <summary>Unlinks any id of the provider that the account has; with a profile only the profile's id.</summary>
    /// <exception cref="ApiException">
    /// The account has another id, no identity would be left, or there is no such account.
    /// </exception>
    public async ValueTask UnlinkAsync(SocialIdentity identity, Guid userId, SocialProfile? profile, CancellationToken cancellationToken)
    {
        var failure = SocialErrors.UnlinkFailed(identity);
        if (profile is { FormerId.Length: > 0 }) await RunAsync(accounts.RecogniseAsync(identity, profile, cancellationToken), failure);
        if (!await RunAsync(store.UnlinkAsync(identity, userId, profile?.Id ?? "", cancellationToken), failure)) throw LinkErrors.LastIdentifier;
    }

    private ValueTask<T> RunAsync<T>(ValueTask<T> running, ApiException error) => new StatementFailure(error.Message, () => error).TranslateAsync(running, log);
}
