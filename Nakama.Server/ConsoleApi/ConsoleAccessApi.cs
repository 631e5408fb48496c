using System.Text;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Api;
using Nakama.Server.Security;

namespace Nakama.Server.ConsoleApi;

/// <summary>Operators' changes to their own sign-in: a second step, a new password.</summary>
internal sealed class ConsoleAccessApi(ConsoleUserStore users, ConsoleTokens tokens, PasswordHasher passwords, SecondStep secondStep, ConsoleAudit audit)
    : IConsoleFeature
{
    private const int MinPasswordBytes = 12;
    private const int MaxPasswordBytes = 128;
    private const int MaxHashedBytes = 72;

    public void Map(ApiMap api)
    {
        api.Map<AuthenticateMFASetupRequest, AuthenticateMFASetupResponse>("AuthenticateMFASetup", SetUpAsync);
        api.Map<AuthenticatePasswordChangeRequest, Empty>("AuthenticatePasswordChange", ChangePasswordAsync);
    }

    private async ValueTask<AuthenticateMFASetupResponse> SetUpAsync(ApiCall call, AuthenticateMFASetupRequest request, CancellationToken cancellationToken) =>
        new() { RecoveryCodes = { await secondStep.CompleteAsync(request, cancellationToken) } };

    private async ValueTask<Empty> ChangePasswordAsync(ApiCall call, AuthenticatePasswordChangeRequest request, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Password)) throw ConsoleErrors.PasswordMissing;
        if (Encoding.UTF8.GetByteCount(request.Password) is < MinPasswordBytes or > MaxPasswordBytes) throw ConsoleErrors.PasswordLength;
        if (tokens.Open(ConsolePurpose.PasswordReset, request.Code) is not { } reset
            || !reset.TryGetProperty("uid", out var idText) || !Guid.TryParse(idText.GetString(), out var id)
            || !reset.TryGetProperty("iat", out var issued) || !issued.TryGetInt64(out var issuedAt))
        {
            throw ConsoleErrors.CodeInvalid;
        }

        // Bcrypt uses 72 bytes; a longer password must not silently be equivalent to its first 72.
        if (await passwords.HashAsync(request.Password, PasswordCaller.At(call.ClientOrigin), cancellationToken) is not { } hash)
            throw new Errors.ApiException(Errors.StatusCode.InvalidArgument, $"Password must not be longer than {MaxHashedBytes} bytes.");
        if (!await users.SavePasswordAsync(id, hash, issuedAt, cancellationToken)) throw ConsoleErrors.ResetOutdated;
        await tokens.InvalidateAsync(id, cancellationToken);
        await audit.WriteAsync(
            new ConsoleOperator(id, reset.Text("usn"), reset.Text("ema"), ConsoleAcl.None, 0),
            AuditLogAction.Update, AclResources.User, "user updated their password", "{}", cancellationToken);
        return new Empty();
    }
}
