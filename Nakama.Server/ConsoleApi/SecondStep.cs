using Nakama.Protocol.Console;
using Nakama.Server.Security;

namespace Nakama.Server.ConsoleApi;

/// <summary>The second step of a login: a code of an authenticator app, or one of the recovery codes.</summary>
internal sealed class SecondStep(
    ConsoleOptions options, ConsoleUserStore users, ConsoleTokens tokens, MfaVault vault, SecondStepStore steps, TimeProvider time)
{
    /// <summary>The number of wrong codes that an operator has within one to two periods, from any address.</summary>
    public const int MaxWrongCodes = 5;

    private const int MaxCounted = 4096;
    private const string Issuer = "HeroicLabs";
    private const int RecoveryDigits = 8;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    private readonly RecentCounts<Guid> _wrongCodes = new(time, Period, MaxCounted);

    /// <summary>Only after the password was verified, as wrong codes count against the operator.</summary>
    /// <exception cref="Errors.ApiException">
    /// The code is missing, malformed, wrong or used, or there were too many wrong ones.
    /// </exception>
    public async ValueTask CheckAsync(ConsoleUserRow user, string code, CancellationToken cancellationToken)
    {
        if (code.Length == 0) throw ConsoleErrors.MfaCodeRequired;
        if (code.AsSpan().ContainsAnyExceptInRange('0', '9')) throw ConsoleErrors.MfaCodeMalformed;
        var isRecoveryCode = code.Length == RecoveryDigits && code[0] != '0';
        if (code.Length != Totp.Digits && !isRecoveryCode) throw ConsoleErrors.MfaCodeMalformed;

        // Counted before the result is known, so that concurrent attempts cannot exceed the limit together.
        if (!_wrongCodes.TryAdd(user.Id, MaxWrongCodes)) throw ConsoleErrors.TryAgainLater;
        if (isRecoveryCode) await UseRecoveryCodeAsync(user, code, cancellationToken);
        else await UseCodeAsync(user, code, cancellationToken);
        _wrongCodes.Forget(user.Id);
    }

    /// <summary>The data for an operator to set up a second step: a signed token with a new secret.</summary>
    public string Begin(ConsoleUserRow user)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var secret = Totp.CreateSecret();
        var url = $"otpauth://totp/{Issuer}:{user.Username}?issuer={Issuer}&secret={secret}";
        return tokens.Sign(ConsolePurpose.MfaEnrollment, (user, secret, url, now, options.TokenExpirySec), static (json, setup) =>
        {
            json.WriteString("user_id", setup.user.Id);
            json.WriteString("user_email", setup.user.Email);
            json.WriteNumber("exp", setup.now + setup.TokenExpirySec);
            json.WriteNumber("crt", setup.now);
            json.WriteString("secret", setup.secret);
            json.WriteString("mfa_url", Uri.EscapeDataString(setup.url));
            json.WriteBoolean("mfa_required", setup.user.MfaRequired);
        });
    }

    /// <summary>Stores the secret of a signed token once a code proves that an app has it; returns the recovery codes.</summary>
    public async ValueTask<IReadOnlyList<string>> CompleteAsync(AuthenticateMFASetupRequest request, CancellationToken cancellationToken)
    {
        if (tokens.Open(ConsolePurpose.MfaEnrollment, request.Mfa) is not { } setup) throw ConsoleErrors.CodeInvalid;
        if (!setup.TryGetProperty("user_id", out var idText) || !Guid.TryParse(idText.GetString(), out var id)
            || !setup.TryGetProperty("secret", out var secretText) || secretText.GetString() is not { Length: > 0 } secret
            || !setup.TryGetProperty("crt", out var created) || !created.TryGetInt64(out var createdAt))
        {
            throw ConsoleErrors.CodeInvalid;
        }

        if (request.Code.Length != Totp.Digits || request.Code.AsSpan().ContainsAnyExceptInRange('0', '9')) throw ConsoleErrors.MfaCodeMalformed;
        if (Totp.StepOf(secret, request.Code, time.GetUtcNow()) is null) throw ConsoleErrors.MfaSetupCodeInvalid;

        var codes = MfaVault.CreateRecoveryCodes();
        if (!await users.SaveMfaAsync(id, vault.Seal(secret), vault.Seal(string.Join(',', codes)), createdAt, cancellationToken))
            throw ConsoleErrors.TokenOutdated;
        return codes;
    }

    private async ValueTask UseCodeAsync(ConsoleUserRow user, string code, CancellationToken cancellationToken)
    {
        if (Totp.StepOf(vault.Open(user.MfaSecret!), code, time.GetUtcNow()) is not { } step
            || !await steps.UseAsync(user.Id, step, cancellationToken))
        {
            throw ConsoleErrors.MfaCodeInvalid;
        }
    }

    private async ValueTask UseRecoveryCodeAsync(ConsoleUserRow user, string code, CancellationToken cancellationToken)
    {
        if (user.RecoveryCodes is null) throw ConsoleErrors.MfaCodeInvalid;
        var codes = vault.Open(user.RecoveryCodes).Split(',').ToList();
        if (!codes.Remove(code)) throw ConsoleErrors.MfaCodeInvalid;
        // A concurrent login with the same code finds the codes changed.
        if (!await users.ReplaceRecoveryCodesAsync(user.Id, user.RecoveryCodes, vault.Seal(string.Join(',', codes)), cancellationToken))
            throw ConsoleErrors.MfaCodeInvalid;
    }
}
