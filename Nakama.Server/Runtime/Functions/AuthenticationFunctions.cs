using Nakama.Server.Authentication;
using Nakama.Server.Security;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Accounts of users that authenticate to game logic, and sessions for them. Tokens are created only on request.</summary>
internal sealed class AuthenticationFunctions(IdentityAccounts accounts, SessionTokens tokens, SessionOptions options, TimeProvider time)
    : IFunctionModule
{
    public string Name => "Authentication";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("authenticate_custom", "The account with an id of the game's own; it is made when there is none.")
            .Text("id", "expects id string").OptionalText("username", "").NotNull().OptionalFlag("create", true).NotNull()
            .Returns(AuthenticatedUser.Fields)
            .Does((call, token) => AuthenticatedUser.OfAsync(accounts.WithCustomIdAsync(call.CustomId(0), call.Username(1), call.Flag(2), token)));
        functions.Function("authenticate_device", "The account with a device; it is made when there is none.")
            .Text("id", "expects id string").OptionalText("username", "").NotNull().OptionalFlag("create", true).NotNull()
            .Returns(AuthenticatedUser.Fields)
            .Does((call, token) => AuthenticatedUser.OfAsync(accounts.WithDeviceAsync(call.DeviceId(0), call.Username(1), call.Flag(2), token)));
        functions.Function("authenticate_email", "The account with an address and a password; it is made when there is none. Without an address, the one with the username.")
            .OptionalText("email", "").Text("password", "expects password string").OptionalText("username", "").NotNull().OptionalFlag("create", true).NotNull()
            .Returns(AuthenticatedUser.Fields).Does(EmailAsync);
        functions.Function("authenticate_token_generate", "A session token for a user who is not looked up, and when it expires in UTC seconds.")
            .Id("user_id", new("expects valid user id", "expects valid user id")).Text("username").OptionalWhole("expiry_sec", 0).OptionalTable("vars")
            .Returns("token", "exp").Does(Generate);
    }

    private ValueTask<ScriptValue> EmailAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        if (call.Text(0).Length > 0)
        {
            var (email, password) = (call.Email(0), call.Password(1));
            return AuthenticatedUser.OfAsync(accounts.WithEmailAsync(email, password, call.Username(2), call.Flag(3), ClientOrigin.Node, cancellationToken));
        }

        var secret = call.Password(1);
        if (call.Text(2).Length == 0) throw call.Refuse(2, "expects username string when email is not supplied");
        return AuthenticatedUser.OfAsync(accounts.WithUsernameAsync(call.Username(2), secret, ClientOrigin.Node, cancellationToken));
    }

    private ScriptValue Generate(FunctionCall call)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var token = new SessionToken
        {
            Id = Guid.NewGuid().ToString(),
            UserId = call.Id(0),
            Username = call.Text(1) is { Length: > 0 } name ? name : InputText.RandomUsername(),
            Vars = call.TextMap(3, "vars keys must be strings", new("vars values must be strings", "expects string")),
            Expiry = call.Whole(2) is not 0 and var expiry ? expiry : now + options.TokenExpirySec,
            IssuedAt = now,
        };
        return ScriptValue.Results(ScriptValue.Of(tokens.Sign(token)), ScriptValue.Of((double)token.Expiry));
    }
}
