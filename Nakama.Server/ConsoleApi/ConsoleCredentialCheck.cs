using Google.Protobuf;
using Microsoft.Extensions.Primitives;
using Nakama.Protocol.Json;
using Nakama.Server.Api;
using Nakama.Server.ConsoleApi.Oidc;
using Nakama.Server.Security;

namespace Nakama.Server.ConsoleApi;

/// <summary>
/// The credentials of operators: the configured name and password, which have all rights, or a token with its rights.
/// </summary>
public sealed class ConsoleCredentialCheck(ConsoleOptions options, ConsoleTokens tokens, LoginLockout lockout) : ICredentialCheck
{
    private const string BasicPrefix = "Basic ";
    private const string BearerPrefix = "Bearer ";

    private readonly SecretText _username = new(options.Username);
    private readonly SecretText _password = new(options.Password);

    public ValueTask CheckAsync(ApiCall call, StringValues authorization, IMessage request, CancellationToken cancellationToken)
    {
        var rule = ConsoleRules.Of(call.Method.Name);
        if (rule.IsOpen) return ValueTask.CompletedTask;

        var caller = Find(authorization, call.ClientOrigin);
        if (!rule.Permits(caller.Acl)) throw ConsoleErrors.NotPermitted;
        call.Operator = caller;
        return ValueTask.CompletedTask;
    }

    /// <summary>The operator of a header, whatever their rights are.</summary>
    /// <exception cref="Errors.ApiException">The header is missing or invalid.</exception>
    public ConsoleOperator Find(StringValues authorization, ClientOrigin client)
    {
        if (authorization.Count != 1 || authorization[0] is not { } header) throw ConsoleErrors.AuthenticationRequired;
        if (header.StartsWith(BearerPrefix, StringComparison.Ordinal))
            return tokens.Check(header[BearerPrefix.Length..]) ?? throw ConsoleErrors.TokenInvalid;
        if (header.StartsWith(BasicPrefix, StringComparison.Ordinal)) return CheckBasic(header[BasicPrefix.Length..], client);
        throw ConsoleErrors.AuthenticationRequired;
    }

    private ConsoleOperator CheckBasic(string encoded, ClientOrigin client)
    {
        if (options.Oidc.Only) throw OidcErrors.PasswordsOff;
        if (!GoBase64.TryDecode(encoded, out var text)) throw ConsoleErrors.AuthenticationInvalid;
        var colon = text.AsSpan().IndexOf((byte)':');
        if (colon < 0 || !_username.IsEqualTo(text.AsSpan(0, colon)))
            throw ConsoleErrors.AuthenticationInvalid;

        lockout.Check(options.Username, client);
        if (!_password.IsEqualTo(text.AsSpan(colon + 1)))
        {
            lockout.Failed(options.Username, client, isRoot: true);
            throw ConsoleErrors.AuthenticationInvalid;
        }

        return new ConsoleOperator(null, options.Username, "", ConsoleAcl.Admin, long.MaxValue);
    }
}
