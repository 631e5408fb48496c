using System.Text;
using Google.Protobuf;
using Microsoft.Extensions.Primitives;
using Nakama.Protocol.Json;
using Nakama.Server.Security;

namespace Nakama.Server.Api;

/// <summary>The credentials of game clients: the server key to sign in, then the session token.</summary>
public sealed class GameCredentialCheck(ServerKey serverKey, HttpKey httpKey, ISessionTokenCheck tokens) : ICredentialCheck
{
    /// <summary>The query parameter of function calls over HTTP that carries the HTTP key.</summary>
    public const string HttpKeyParameter = "http_key";

    private const string BasicPrefix = "Basic ";
    private const string BearerPrefix = "Bearer ";

    public ValueTask CheckAsync(ApiCall call, StringValues authorization, IMessage request, CancellationToken cancellationToken)
    {
        switch (call.Method.Credential)
        {
            case ApiCredential.ServerKey:
                CheckServerKey(authorization);
                break;
            case ApiCredential.Bearer:
                call.Caller = FindCaller(authorization);
                break;
            case ApiCredential.Rpc:
                call.Caller = call.Http is { } http ? FindRpcCaller(http)
                    : authorization.Count == 0 ? CheckHttpKey(((Nakama.Protocol.Api.Rpc)request).HttpKey) : FindCaller(authorization);
                break;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// The caller of a function over HTTP: a server that presents the HTTP key, in the query or as basic authentication name,
    /// or the user of a session token. Null means a server.
    /// </summary>
    public Caller? FindRpcCaller(RawRequest request)
    {
        if (request.Query.TryGetValue(HttpKeyParameter, out var keys) && keys is [{ Length: > 0 } key, ..]) return CheckHttpKey(key);
        if (request.Authorization.Count == 0) throw ApiErrors.TokenOrHttpKeyRequired;
        if (TryGetBasicName(request.Authorization[0] ?? "", out var name)) return httpKey.IsEqualTo(name) ? null : throw ApiErrors.HttpKeyInvalid;
        return FindCaller(request.Authorization);
    }

    /// <summary>The user of a header that must be a single bearer token.</summary>
    public Caller FindCaller(StringValues authorization) => authorization switch
    {
        { Count: 0 } => throw ApiErrors.TokenRequired,
        { Count: 1 } when authorization[0] is { } text && text.StartsWith(BearerPrefix, StringComparison.Ordinal) =>
            tokens.Check(text[BearerPrefix.Length..]) ?? throw ApiErrors.TokenInvalid,
        _ => throw ApiErrors.TokenInvalid,
    };

    /// <summary>The name part of HTTP basic authentication; false when the header is something else.</summary>
    public static bool TryGetBasicName(string header, out byte[] name)
    {
        name = [];
        if (!header.StartsWith(BasicPrefix, StringComparison.Ordinal)) return false;
        if (!GoBase64.TryDecode(header.AsSpan(BasicPrefix.Length), out var text)) return false;
        var colon = text.AsSpan().IndexOf((byte)':');
        if (colon < 0) return false;
        name = text[..colon];
        return true;
    }

    private void CheckServerKey(StringValues authorization)
    {
        if (authorization.Count != 1) throw ApiErrors.ServerKeyRequired;
        if (!TryGetBasicName(authorization[0] ?? "", out var name) || !serverKey.IsEqualTo(name))
            throw ApiErrors.ServerKeyInvalid;
    }

    private Caller? CheckHttpKey(string key)
    {
        if (key.Length == 0) throw ApiErrors.TokenOrHttpKeyRequired;
        return httpKey.IsEqualTo(Encoding.UTF8.GetBytes(key)) ? null : throw ApiErrors.HttpKeyInvalid;
    }
}
