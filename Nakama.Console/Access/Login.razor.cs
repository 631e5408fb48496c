using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.DataProtection;
using Nakama.Console.Nodes;
using Nakama.Protocol.Console;

namespace Nakama.Console.Access;

/// <summary>The login page. It is plain HTML, so that it works before and without a live connection.</summary>
public sealed partial class Login(NodeClient node, NavigationManager navigation, IDataProtectionProvider protection)
{
    private string? _notice;
    private string _noticeKind = "error";
    private string? _pending;

    [CascadingParameter]
    public HttpContext Context { get; set; } = null!;

    [SupplyParameterFromForm]
    public LoginForm? Form { get; set; }

    [SupplyParameterFromQuery(Name = "return")]
    public string? Return { get; set; }

    [SupplyParameterFromQuery]
    public string? Expired { get; set; }

    protected override void OnInitialized()
    {
        if (Form is not null) return;
        if (Context.User.Identity?.IsAuthenticated == true && Expired is null) navigation.NavigateTo(SignIn.SafeReturn(Return, Context.Request.PathBase));
        if (Expired is not null) (_notice, _noticeKind) = ("Your session has ended. Please sign in again.", "info");
    }

    private async Task SubmitAsync()
    {
        var (username, password) = (Form?.Username?.Trim() ?? "", Form?.Password ?? "");
        if (Form?.Pending is { } sealedLogin)
        {
            if (PendingLogin.Open(protection, sealedLogin) is not { } first)
            {
                _notice = "That took too long. Please sign in again.";
                return;
            }

            (username, password) = first;
        }

        await AuthenticateAsync(username, password, Form?.Code?.Trim() ?? "");
    }

    private async Task AuthenticateAsync(string username, string password, string code)
    {
        ConsoleSession answer;
        try
        {
            var request = new AuthenticateRequest { Username = username, Password = password, Mfa = code };
            answer = await node.PostForAsync<ConsoleSession>(Context, "/v2/console/authenticate", request);
        }
        catch (NodeException error)
        {
            Explain(error, username, password, code);
            return;
        }

        if (answer.MfaCode is { Length: > 0 } setup)
        {
            SealedCookie.MfaEnrollment.Set(Context, setup);
            navigation.NavigateTo("mfa");
        }
        else if (ConsoleToken.Read(answer.Token) is { } token)
        {
            await SignIn.BeginAsync(Context, token);
            navigation.NavigateTo(SignIn.SafeReturn(Return, Context.Request.PathBase));
        }
        else
        {
            _notice = "The node answered without a token.";
        }
    }

    private void Explain(NodeException error, string username, string password, string code)
    {
        var wantsCode = error.Code == NodeException.PermissionDenied && error.Message.Contains("MFA", StringComparison.Ordinal);
        var wrongCode = code.Length > 0 && error.Message.Contains("MFA", StringComparison.Ordinal);
        if (wantsCode || wrongCode) _pending = PendingLogin.Seal(protection, username, password);
        _notice = (wantsCode && !wrongCode, error.Code) switch
        {
            (true, _) => null,
            (_, NodeException.ResourceExhausted) => "Too many attempts. Try again in a minute.",
            _ => error.Message,
        };
    }
}
