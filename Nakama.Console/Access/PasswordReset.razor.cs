using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Components;
using Nakama.Console.Nodes;
using Nakama.Protocol.Console;

namespace Nakama.Console.Access;

/// <summary>
/// Where an operator that was invited, or whose password was reset, sets a password. The link to this page carries a signed
/// token, which is moved to an encrypted cookie at once, so that the remaining URL contains no secret.
/// </summary>
public sealed partial class PasswordReset(NodeClient node, NavigationManager navigation)
{
    private string? _notice;
    private string? _token;
    private bool _isDone;

    [CascadingParameter]
    public HttpContext Context { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "token")]
    public string? LinkToken { get; set; }

    [SupplyParameterFromForm(FormName = "reset")]
    public string? Password { get; set; }

    [SupplyParameterFromForm(FormName = "reset")]
    public string? Again { get; set; }

    protected override void OnInitialized()
    {
        if (LinkToken is { Length: > 0 } token)
        {
            SealedCookie.PasswordReset.Set(Context, token);
            Context.Response.Headers["Referrer-Policy"] = "no-referrer";
            navigation.NavigateTo("reset");
            return;
        }

        _token = SealedCookie.PasswordReset.Read(Context);
    }

    private async Task SubmitAsync()
    {
        if (_token is null) return;
        _notice = Error(Password ?? "", Again ?? "");
        if (_notice is not null) return;
        try
        {
            var request = new AuthenticatePasswordChangeRequest { Code = _token, Password = Password };
            await node.PostForAsync<Empty>(Context, "/v2/console/authenticate/password_change", request);
            SealedCookie.PasswordReset.Clear(Context);
            _isDone = true;
        }
        catch (NodeException error)
        {
            _notice = error.Message;
            if (error.Code == NodeException.Unauthenticated) _token = null;
        }
    }

    private static string? Error(string password, string again)
    {
        if (password != again) return "The two are not the same.";
        var isMixed = password.Any(char.IsUpper) && password.Any(char.IsLower) && !password.All(char.IsLetter);
        return isMixed ? null : "Use upper and lower case, and a digit or a symbol.";
    }
}
