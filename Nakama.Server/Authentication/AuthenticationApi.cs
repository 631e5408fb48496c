using Nakama.Protocol.Api;
using Nakama.Server.Api;
using Session = Nakama.Protocol.Api.Session;

namespace Nakama.Server.Authentication;

/// <summary>Signing in with a device, a custom id, or an email address and a password.</summary>
internal sealed class AuthenticationApi(IdentityAccounts accounts, SignIn signIn) : IApiFeature
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
        var user = await accounts.WithDeviceAsync(id!, username, request.Create != false, cancellationToken);
        return await signIn.CompleteAsync(call, user, request.Account!.Vars, cancellationToken);
    }

    private async ValueTask<Session> CustomAsync(ApiCall call, AuthenticateCustomRequest request, CancellationToken cancellationToken)
    {
        var id = request.Account?.Id;
        CredentialRules.CheckCustomId(id);
        var username = CredentialRules.Username(request.Username);
        var user = await accounts.WithCustomIdAsync(id!, username, request.Create != false, cancellationToken);
        return await signIn.CompleteAsync(call, user, request.Account!.Vars, cancellationToken);
    }

    private async ValueTask<Session> EmailAsync(ApiCall call, AuthenticateEmailRequest request, CancellationToken cancellationToken)
    {
        var account = request.Account ?? throw AuthenticationErrors.EmailAndPasswordRequired;
        if (account.Email.Length > 0) CredentialRules.CheckEmail(account.Email);
        CredentialRules.CheckPassword(account.Password);
        if (account.Email.Length == 0 && request.Username.Length == 0) throw AuthenticationErrors.UsernameRequired;
        var username = CredentialRules.Username(request.Username);
        var user = account.Email.Length == 0
            ? await accounts.WithUsernameAsync(username, account.Password, call.ClientOrigin, cancellationToken)
            : await accounts.WithEmailAsync(account.Email, account.Password, username, request.Create != false, call.ClientOrigin, cancellationToken);
        return await signIn.CompleteAsync(call, user, account.Vars, cancellationToken);
    }
}
