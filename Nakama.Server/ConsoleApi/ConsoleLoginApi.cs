using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Api;
using Nakama.Server.ConsoleApi.Oidc;
using Nakama.Server.Security;

namespace Nakama.Server.ConsoleApi;

/// <summary>Signs operators in and out.</summary>
internal sealed class ConsoleLoginApi(
    ConsoleOptions options, MfaOptions mfa, ConsoleUserStore users, ConsoleTokens tokens, LoginLockout lockout, PasswordHasher passwords, SecondStep secondStep,
    TimeProvider time)
    : IConsoleFeature
{
    private readonly SecretText _rootPassword = new(options.Password);

    public void Map(ApiMap api)
    {
        api.Map<AuthenticateRequest, ConsoleSession>("Authenticate", AuthenticateAsync);
        api.Map<AuthenticateLogoutRequest, Empty>("AuthenticateLogout", async (_, request, cancellationToken) =>
        {
            await tokens.LogOutAsync(request.Token, cancellationToken);
            return new Empty();
        });
    }

    private async ValueTask<ConsoleSession> AuthenticateAsync(ApiCall call, AuthenticateRequest request, CancellationToken cancellationToken)
    {
        if (options.Oidc.Only) throw OidcErrors.PasswordsOff;
        var began = time.GetUtcNow();
        lockout.Check(request.Username, call.ClientOrigin);
        var user = request.Username == options.Username
            ? await CheckRootAsync(call, request, cancellationToken)
            : await CheckUserAsync(call, request, cancellationToken);

        if (user.MfaSecret is not null) await secondStep.CheckAsync(user, request.Mfa, cancellationToken);
        lockout.Succeeded(request.Username, call.ClientOrigin);
        lockout.Succeeded(user.Username, call.ClientOrigin);
        if (user.MfaSecret is null && user.MfaRequired) return new ConsoleSession { MfaCode = secondStep.Begin(user) };
        // The configured administrator has an address only for those who sign in with it.
        var email = user.Id == Guid.Empty && request.Username != user.Email ? "" : user.Email;
        return new ConsoleSession { Token = tokens.Issue(user.Id, user.Username, email, user.Acl, began) };
    }

    private async ValueTask<ConsoleUserRow> CheckRootAsync(ApiCall call, AuthenticateRequest request, CancellationToken cancellationToken)
    {
        if (!_rootPassword.IsEqualTo(request.Password))
        {
            lockout.Failed(options.Username, call.ClientOrigin, isRoot: true);
            // The configured name takes as long as any other.
            await passwords.PretendAsync(request.Password, PasswordCaller.At(call.ClientOrigin), cancellationToken);
            throw ConsoleErrors.InvalidCredentials;
        }

        var hash = await passwords.HashAsync(request.Password, PasswordCaller.At(call.ClientOrigin), cancellationToken);
        return await users.SaveRootAsync(options.Username, hash, mfa.AdminAccountEnabled, cancellationToken);
    }

    private async ValueTask<ConsoleUserRow> CheckUserAsync(ApiCall call, AuthenticateRequest request, CancellationToken cancellationToken)
    {
        var user = await users.FindAsync(request.Username, cancellationToken);
        // The root can sign in by its configured name only.
        if (user is null || user.Id == Guid.Empty)
        {
            await passwords.PretendAsync(request.Password, PasswordCaller.At(call.ClientOrigin), cancellationToken);
            throw ConsoleErrors.InvalidCredentials;
        }

        if (user.Password is null)
        {
            await passwords.PretendAsync(request.Password, PasswordCaller.At(call.ClientOrigin), cancellationToken);
            throw ConsoleErrors.InvalidCredentials;
        }

        lockout.Check(user.Username, call.ClientOrigin);
        if (user.IsDisabled) throw ConsoleErrors.Disabled;
        if (!await passwords.VerifyAsync(request.Password, user.Password, PasswordCaller.At(call.ClientOrigin), cancellationToken))
        {
            lockout.Failed(user.Username, call.ClientOrigin, isRoot: false);
            throw ConsoleErrors.InvalidCredentials;
        }

        return user.Acl.IsEmpty ? throw ConsoleErrors.InvalidCredentials : user;
    }
}
