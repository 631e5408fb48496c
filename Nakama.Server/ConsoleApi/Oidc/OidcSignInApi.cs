using System.Text.Json;
using Nakama.Protocol.Console;
using Nakama.Protocol.Oidc;
using Nakama.Server.Api;
using Nakama.Server.Security;

namespace Nakama.Server.ConsoleApi.Oidc;

/// <summary>
/// Signs operators in with ID tokens of the configured issuer. The rights of the operator are those of the token's roles from
/// then on. A second step that the operator has set up, or must set up, is required here as with a password.
/// </summary>
internal sealed class OidcSignInApi(
    ConsoleOptions options, OidcTokens idTokens, OidcAttempts attempts, OidcRoles roles, OidcOperatorStore operators, ConsoleUserStore users,
    ConsoleTokens tokens, SecondStep secondStep, ConsoleAudit audit, TimeProvider time)
    : IConsoleFeature
{
    private const int PendingLifetimeSec = 300;
    private const int MsPerSec = 1000;

    public void Map(ApiMap api)
    {
        api.Map<AuthenticateOidcRequest, OidcSession>("AuthenticateOidc", AuthenticateAsync);
        api.Map<AuthenticateOidcCodeRequest, OidcSession>("AuthenticateOidcCode", AuthenticateCodeAsync);
    }

    private async ValueTask<OidcSession> AuthenticateAsync(ApiCall call, AuthenticateOidcRequest request, CancellationToken cancellationToken)
    {
        if (!options.Oidc.IsOn) throw OidcErrors.Off;
        var who = await attempts.CountAsync(call.ClientOrigin, () => idTokens.VerifyAsync(request.IdToken, request.Nonce, cancellationToken));
        var acl = await roles.RightsOfAsync(who.Roles, cancellationToken);
        var signIn = await operators.SignInAsync(who, acl, cancellationToken);
        if (signIn.EndsOlderTokens) await tokens.InvalidateAsync(signIn.Row.Id, CancellationToken.None);
        var revokedAt = time.GetUtcNow();
        if (signIn.Change != OidcChange.None)
        {
            // The change is committed; a caller's cancellation must not prevent the row.
            var metadata = JsonSerializer.Serialize(new { issuer = who.Issuer, subject = who.Subject, acl = JsonSerializer.Deserialize<JsonElement>(acl.ToStored()) });
            await WriteAsync(signIn.Row, ActionOf(signIn.Change), TextOf(signIn.Change), metadata);
        }

        if (signIn.EndsOlderTokens) await WaitForSecondAfterAsync(revokedAt, cancellationToken);
        var began = time.GetUtcNow();
        var user = await FindAsync(signIn.Row.Id, cancellationToken);
        if (user.MfaSecret is not null) return new OidcSession { Pending = SignPending(user.Id) };
        if (user.MfaRequired) return new OidcSession { MfaCode = secondStep.Begin(user) };
        return await CompleteAsync(user, began);
    }

    private async ValueTask<OidcSession> AuthenticateCodeAsync(ApiCall call, AuthenticateOidcCodeRequest request, CancellationToken cancellationToken)
    {
        if (!options.Oidc.IsOn) throw OidcErrors.Off;
        if (tokens.Open(ConsolePurpose.OidcCode, request.Pending) is not { } pending || !Guid.TryParse(pending.Text("id"), out var id)) throw OidcErrors.PendingInvalid;
        var began = time.GetUtcNow();
        var user = await FindAsync(id, cancellationToken);
        // It was reset meanwhile; the sign-in begins again and asks for what is required now.
        if (user.MfaSecret is null) throw OidcErrors.PendingInvalid;
        await secondStep.CheckAsync(user, request.Code, cancellationToken);
        return await CompleteAsync(user, began);
    }

    /// <summary>The operator as it is now, as another one may have changed it since the token was verified.</summary>
    private async ValueTask<ConsoleUserRow> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(id, cancellationToken) is not { } user) throw OidcErrors.PendingInvalid;
        if (user.IsDisabled) throw OidcErrors.Disabled;
        return user.Acl.IsEmpty ? throw OidcErrors.NoRole : user;
    }

    private async ValueTask<OidcSession> CompleteAsync(ConsoleUserRow user, DateTimeOffset began)
    {
        var session = new OidcSession { Token = tokens.Issue(user.Id, user.Username, user.Email, user.Acl, began) };
        await audit.WriteAsync(
            new ConsoleOperator(user.Id, user.Username, user.Email, user.Acl, 0),
            AuditLogAction.Invoke, AclResources.User, "user signed in with OpenID Connect", "{}", CancellationToken.None);
        return session;
    }

    /// <summary>
    /// Other nodes know the second of a revocation only and revoke all tokens of it, so the new token begins after it.
    /// </summary>
    private async ValueTask WaitForSecondAfterAsync(DateTimeOffset revokedAt, CancellationToken cancellationToken)
    {
        while (time.GetUtcNow() is var now && now.ToUnixTimeSeconds() == revokedAt.ToUnixTimeSeconds())
            await Task.Delay(TimeSpan.FromMilliseconds(MsPerSec - now.Millisecond), time, cancellationToken);
    }

    private string SignPending(Guid id)
    {
        var expiry = time.GetUtcNow().ToUnixTimeSeconds() + Math.Min(PendingLifetimeSec, options.TokenExpirySec);
        return tokens.Sign(ConsolePurpose.OidcCode, (id, expiry), static (json, claims) =>
        {
            json.WriteString("id", claims.id);
            json.WriteNumber("exp", claims.expiry);
        });
    }

    private ValueTask WriteAsync(OperatorRow row, AuditLogAction action, string text, string metadata) => audit.WriteAsync(
        new ConsoleOperator(row.Id, row.Username, row.Email, row.Acl, 0), action, AclResources.User, text, metadata, CancellationToken.None);

    private static AuditLogAction ActionOf(OidcChange change) => change == OidcChange.Created ? AuditLogAction.Create : AuditLogAction.Update;

    private static string TextOf(OidcChange change) => change switch
    {
        OidcChange.Created => "console user added by OpenID Connect",
        OidcChange.Linked => "console user linked to an OpenID Connect identity",
        _ => "user access-control-list updated by OpenID Connect",
    };
}
