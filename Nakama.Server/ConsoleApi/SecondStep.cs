using Nakama.Server.Wire.Console;

namespace Nakama.Server.ConsoleApi;

/// <summary>The second step of a login: a code of an authenticator app, or one of the recovery codes.</summary>
internal sealed class SecondStep(ConsoleOptions options, ConsoleUserStore users, ConsoleTokens tokens, MfaVault vault, TimeProvider time)
{
    private const string Issuer = "HeroicLabs";
    private const int RecoveryDigits = 8;

    /// <exception cref="Errors.ApiError">The code is missing, malformed or wrong.</exception>
    public async ValueTask CheckAsync(ConsoleUserRow user, string code, CancellationToken cancellationToken)
    {
        if (code.Length == 0) throw ConsoleErrors.MfaCodeRequired;
        if (code.AsSpan().ContainsAnyExceptInRange('0', '9')) throw ConsoleErrors.MfaCodeMalformed;
        switch (code.Length)
        {
            case Totp.Digits:
                if (!Totp.IsValid(vault.Open(user.MfaSecret!), code, time.GetUtcNow())) throw ConsoleErrors.MfaCodeInvalid;
                break;
            case RecoveryDigits when code[0] != '0':
                await UseRecoveryCodeAsync(user, code, cancellationToken);
                break;
            default:
                throw ConsoleErrors.MfaCodeMalformed;
        }
    }

    /// <summary>What an operator without a second step needs to set one up: a signed text with a new secret.</summary>
    public string Begin(ConsoleUserRow user)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var secret = Totp.CreateSecret();
        var url = $"otpauth://totp/{Issuer}:{user.Username}?issuer={Issuer}&secret={secret}";
        return tokens.Sign((user, secret, url, now, options.TokenExpirySec), static (json, setup) =>
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

    /// <summary>Stores the secret of a signed text once a code proves that an app has it; returns the recovery codes.</summary>
    public async ValueTask<IReadOnlyList<string>> CompleteAsync(AuthenticateMFASetupRequest request, CancellationToken cancellationToken)
    {
        if (tokens.Open(request.Mfa) is not { } setup) throw ConsoleErrors.CodeInvalid;
        if (!setup.TryGetProperty("user_id", out var idText) || !Guid.TryParse(idText.GetString(), out var id)
            || !setup.TryGetProperty("secret", out var secretText) || secretText.GetString() is not { Length: > 0 } secret
            || !setup.TryGetProperty("crt", out var created) || !created.TryGetInt64(out var createdAt))
        {
            throw ConsoleErrors.CodeInvalid;
        }

        if (request.Code.Length != Totp.Digits || request.Code.AsSpan().ContainsAnyExceptInRange('0', '9')) throw ConsoleErrors.MfaCodeMalformed;
        if (!Totp.IsValid(secret, request.Code, time.GetUtcNow())) throw ConsoleErrors.MfaSetupCodeInvalid;

        var codes = MfaVault.CreateRecoveryCodes();
        if (!await users.SaveMfaAsync(id, vault.Seal(secret), vault.Seal(string.Join(',', codes)), createdAt, cancellationToken))
            throw ConsoleErrors.TokenOutdated;
        return codes;
    }

    private async ValueTask UseRecoveryCodeAsync(ConsoleUserRow user, string code, CancellationToken cancellationToken)
    {
        if (user.RecoveryCodes is null) throw ConsoleErrors.MfaCodeInvalid;
        var codes = vault.Open(user.RecoveryCodes).Split(',').ToList();
        if (!codes.Remove(code)) throw ConsoleErrors.MfaCodeInvalid;
        // Whoever comes second with the same code finds the codes changed.
        if (!await users.ReplaceRecoveryCodesAsync(user.Id, user.RecoveryCodes, vault.Seal(string.Join(',', codes)), cancellationToken))
            throw ConsoleErrors.MfaCodeInvalid;
    }
}
