using System.Security.Cryptography;
using Nakama.Server.Security;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Sessions for users who prove themselves to game logic.</summary>
internal sealed class AuthenticationFunctions(SessionTokens tokens, SessionOptions options, TimeProvider time) : IFunctionFamily
{
    private const int RandomNameLength = 10;
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    public string Name => "Authentication";

    public void Describe(FunctionGroup functions) =>
        functions.Function("authenticate_token_generate", "A session token for a user who is not looked up, and when it expires in UTC seconds.")
            .Id("user_id", new("expects valid user id", "expects valid user id")).Text("username").OptionalWhole("expiry_sec", 0).OptionalTable("vars")
            .Returns("token", "exp").Does(Generate);

    private HostValue Generate(FunctionCall call)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var token = new SessionToken
        {
            Id = Guid.NewGuid().ToString(),
            UserId = call.Id(0),
            Username = call.Text(1) is { Length: > 0 } name ? name : RandomNumberGenerator.GetString(Letters, RandomNameLength),
            Vars = call.TextMap(3, "vars keys must be strings", "vars values must be strings"),
            Expiry = call.Whole(2) is not 0 and var expiry ? expiry : now + options.TokenExpirySec,
            IssuedAt = now,
        };
        return HostValue.Results(HostValue.Of(tokens.Sign(token)), HostValue.Of((double)token.Expiry));
    }
}
