using Nakama.Server.Api;
using Nakama.Server.Database;
using Nakama.Server.Security;
using Nakama.Server.Wire.Api;
using Session = Nakama.Server.Wire.Api.Session;

namespace Nakama.Server.Authentication;

/// <summary>Signing in with a device, an id of the game's own, or an address and a password.</summary>
internal sealed class AuthenticationApi(IdentityStore store, SignIn signIn, PasswordHasher passwords, ILogger<AuthenticationApi> log)
    : IApiFeature
{
    public void Map(ApiMap api)
    {
        api.Map<AuthenticateDeviceRequest, Session>("AuthenticateDevice", DeviceAsync);
        api.Map<AuthenticateCustomRequest, Session>("AuthenticateCustom", CustomAsync);
        api.Map<AuthenticateEmailRequest, Session>("AuthenticateEmail", EmailAsync);
    }

    private async ValueTask<Session> DeviceAsync(ApiCall call, AuthenticateDeviceRequest request, CancellationToken cancellationToken)
    {
        var id = request.Account?.Id;
        CredentialRules.CheckDeviceId(id);
        var username = CredentialRules.Username(request.Username);

        var user = await FindAsync(store.FindByDeviceAsync(id!, cancellationToken));
        if (user is null)
        {
            RequireCreate(request.Create);
            var userId = Guid.NewGuid();
            var creation = await CreateAsync(store.CreateWithDeviceAsync(userId, username, id!, cancellationToken));
            if (creation == Creation.Created) return signIn.Complete(call, userId, username, request.Account!.Vars, isCreated: true);
            user = await FindAsync(store.FindByDeviceAsync(id!, cancellationToken)) ?? throw Refusal(creation);
        }

        SignIn.RefuseBanned(user);
        return signIn.Complete(call, user.Id, user.Username, request.Account!.Vars, isCreated: false);
    }

    private async ValueTask<Session> CustomAsync(ApiCall call, AuthenticateCustomRequest request, CancellationToken cancellationToken)
    {
        var id = request.Account?.Id;
        CredentialRules.CheckCustomId(id);
        var username = CredentialRules.Username(request.Username);

        var user = await FindAsync(store.FindByCustomIdAsync(id!, cancellationToken));
        if (user is null)
        {
            RequireCreate(request.Create);
            var userId = Guid.NewGuid();
            var creation = await CreateAsync(store.CreateWithCustomIdAsync(userId, username, id!, cancellationToken));
            if (creation == Creation.Created) return signIn.Complete(call, userId, username, request.Account!.Vars, isCreated: true);
            user = await FindAsync(store.FindByCustomIdAsync(id!, cancellationToken)) ?? throw Refusal(creation);
        }

        SignIn.RefuseBanned(user);
        return signIn.Complete(call, user.Id, user.Username, request.Account!.Vars, isCreated: false);
    }

    private async ValueTask<Session> EmailAsync(ApiCall call, AuthenticateEmailRequest request, CancellationToken cancellationToken)
    {
        var account = request.Account ?? throw AuthenticationErrors.EmailAndPasswordRequired;
        if (account.Email.Length > 0) CredentialRules.CheckEmail(account.Email);
        CredentialRules.CheckPassword(account.Password);
        if (account.Email.Length == 0 && request.Username.Length == 0) throw AuthenticationErrors.UsernameRequired;
        var username = CredentialRules.Username(request.Username);
        if (account.Email.Length == 0) return await UsernameAsync(call, account, username, cancellationToken);

        var email = account.Email.ToLowerInvariant();
        var user = await FindAsync(store.FindByEmailAsync(email, cancellationToken));
        if (user is null)
        {
            RequireCreate(request.Create);
            var hash = await passwords.HashAsync(account.Password, cancellationToken) ?? throw AuthenticationErrors.CreateFailed;
            var userId = Guid.NewGuid();
            var creation = await CreateAsync(store.CreateWithEmailAsync(userId, username, email, hash, cancellationToken));
            if (creation == Creation.Created) return signIn.Complete(call, userId, username, account.Vars, isCreated: true);
            user = await FindAsync(store.FindByEmailAsync(email, cancellationToken)) ?? throw Refusal(creation);
        }

        return await PasswordAsync(call, user, account, cancellationToken);
    }

    /// <summary>Signs in with a username and a password; never creates.</summary>
    private async ValueTask<Session> UsernameAsync(ApiCall call, AccountEmail account, string username, CancellationToken cancellationToken)
    {
        var user = await FindAsync(store.FindByUsernameAsync(username, cancellationToken)) ?? throw AuthenticationErrors.UserNotFound;
        return await PasswordAsync(call, user, account, cancellationToken);
    }

    private async ValueTask<Session> PasswordAsync(ApiCall call, KnownUser user, AccountEmail account, CancellationToken cancellationToken)
    {
        SignIn.RefuseBanned(user);
        if (user.PasswordHash is not { Length: > 0 } hash || !await passwords.VerifyAsync(account.Password, hash, cancellationToken))
            throw AuthenticationErrors.InvalidCredentials;
        return signIn.Complete(call, user.Id, user.Username, account.Vars, isCreated: false);
    }

    private static void RequireCreate(bool? create)
    {
        if (create == false) throw AuthenticationErrors.UserNotFound;
    }

    /// <summary>What to say when a creation was refused and yet nobody has the identity.</summary>
    private static Errors.ApiError Refusal(Creation creation) =>
        creation == Creation.UsernameTaken ? AuthenticationErrors.UsernameTaken : AuthenticationErrors.CreateFailed;

    private async ValueTask<KnownUser?> FindAsync(ValueTask<KnownUser?> finding)
    {
        try
        {
            return await finding;
        }
        catch (Exception e) when (DatabaseRetry.IsStatementFailure(e))
        {
            AuthenticationLog.StatementFailed(log, e, "Finding a user");
            throw AuthenticationErrors.FindFailed;
        }
    }

    private async ValueTask<Creation> CreateAsync(ValueTask<Creation> creating)
    {
        try
        {
            return await creating;
        }
        catch (Exception e) when (DatabaseRetry.IsStatementFailure(e))
        {
            AuthenticationLog.StatementFailed(log, e, "Creating a user");
            throw AuthenticationErrors.CreateFailed;
        }
    }
}
