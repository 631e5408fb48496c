using Nakama.Server.Errors;
using Nakama.Server.Security;

namespace Nakama.Server.Authentication;

/// <summary>
/// Finds or creates the account of a client with a device, a custom id, or an email address and a password. The form of
/// the credentials must have been checked.
/// </summary>
internal sealed class IdentityAccounts(IdentityStore store, PasswordHasher passwords, PasswordAttempts attempts, ILogger<IdentityAccounts> log)
{
    /// <summary>Finds the account with a device, or creates it under the requested name.</summary>
    /// <exception cref="ApiException">
    /// There is none and none may be created, the user is banned, or the name is taken.
    /// </exception>
    public ValueTask<SignedInUser> WithDeviceAsync(string id, string username, bool mayCreate, CancellationToken cancellationToken) =>
        FindOrCreateAsync(
            () => store.FindByDeviceAsync(id, cancellationToken),
            userId => store.CreateWithDeviceAsync(userId, username, id, cancellationToken),
            username, mayCreate);

    /// <summary>Finds the account with a custom id, or creates it under the requested name.</summary>
    /// <inheritdoc cref="WithDeviceAsync"/>
    public ValueTask<SignedInUser> WithCustomIdAsync(string id, string username, bool mayCreate, CancellationToken cancellationToken) =>
        FindOrCreateAsync(
            () => store.FindByCustomIdAsync(id, cancellationToken),
            userId => store.CreateWithCustomIdAsync(userId, username, id, cancellationToken),
            username, mayCreate);

    /// <summary>Finds the account with an address and checks its password, or creates it under the requested name.</summary>
    /// <param name="client">The origin of the client, which limits its attempts.</param>
    /// <exception cref="ApiException">
    /// There is none and none may be created, the user is banned, the password is wrong, or the name is taken.
    /// </exception>
    public async ValueTask<SignedInUser> WithEmailAsync(
        string address, string password, string username, bool mayCreate, ClientOrigin client, CancellationToken cancellationToken)
    {
        var email = address.ToLowerInvariant();
        var user = await FindAsync(store.FindByEmailAsync(email, cancellationToken));
        if (user is null)
        {
            if (!mayCreate) throw AuthenticationErrors.UserNotFound;
            var hash = await passwords.HashAsync(password, attempts.Caller(client), cancellationToken) ?? throw AuthenticationErrors.CreateFailed;
            var userId = Guid.NewGuid();
            var creation = await CreateAsync(store.CreateWithEmailAsync(userId, username, email, hash, cancellationToken));
            if (creation == Creation.Created) return new SignedInUser(userId, username, IsCreated: true);
            user = await FindAsync(store.FindByEmailAsync(email, cancellationToken)) ?? throw Refusal(creation);
        }

        return await CheckPasswordAsync(user, password, client, cancellationToken);
    }

    /// <summary>Finds the account with a username and checks its password; never creates one.</summary>
    /// <exception cref="ApiException">There is none, the user is banned, or the password is wrong.</exception>
    public async ValueTask<SignedInUser> WithUsernameAsync(
        string username, string password, ClientOrigin client, CancellationToken cancellationToken)
    {
        var user = await FindAsync(store.FindByUsernameAsync(username, cancellationToken)) ?? throw AuthenticationErrors.UserNotFound;
        return await CheckPasswordAsync(user, password, client, cancellationToken);
    }

    private async ValueTask<SignedInUser> FindOrCreateAsync(
        Func<ValueTask<KnownUser?>> find, Func<Guid, ValueTask<Creation>> create, string username, bool mayCreate)
    {
        var user = await FindAsync(find());
        if (user is null)
        {
            if (!mayCreate) throw AuthenticationErrors.UserNotFound;
            var userId = Guid.NewGuid();
            var creation = await CreateAsync(create(userId));
            if (creation == Creation.Created) return new SignedInUser(userId, username, IsCreated: true);
            user = await FindAsync(find()) ?? throw Refusal(creation);
        }

        SignIn.RefuseBanned(user);
        return new SignedInUser(user.Id, user.Username, IsCreated: false);
    }

    private async ValueTask<SignedInUser> CheckPasswordAsync(KnownUser user, string password, ClientOrigin client, CancellationToken cancellationToken)
    {
        SignIn.RefuseBanned(user);
        if (!await attempts.IsRightAsync(user.Id, password, user.PasswordHash, client, cancellationToken))
            throw AuthenticationErrors.InvalidCredentials;
        return new SignedInUser(user.Id, user.Username, IsCreated: false);
    }

    /// <summary>The error for a rejected creation when no account has the identity.</summary>
    private static ApiException Refusal(Creation creation) =>
        creation == Creation.UsernameTaken ? AuthenticationErrors.UsernameTaken : AuthenticationErrors.CreateFailed;

    private ValueTask<KnownUser?> FindAsync(ValueTask<KnownUser?> finding) => AuthenticationFailures.Find.TranslateAsync(finding, log);

    private ValueTask<Creation> CreateAsync(ValueTask<Creation> creating) => AuthenticationFailures.Create.TranslateAsync(creating, log);
}
