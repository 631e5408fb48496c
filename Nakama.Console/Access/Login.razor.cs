using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.DataProtection;
using Nakama.Console.Nodes;
using Nakama.Protocol.Console;
using Nakama.Protocol.Oidc;

namespace Nakama.Console.Access;

/// <summary>The login page. It is plain HTML, so that it works before and without a live connection.</summary>
public sealed partial class Login(NodeClient node, NavigationManager navigation, IDataProtectionProvider protection, OidcSettings oidc)
{
    private const string TookTooLong = "That took too long. Please sign in again.";

    private string? _notice;
    private string _noticeKind = "error";
    private string? _pending;
    private string? _pendingOidc;

    [CascadingParameter]
    public HttpContext Context { get; set; } = null!;

    [SupplyParameterFromForm]
    public LoginForm? Form { get; set; }

    [SupplyParameterFromQuery(Name = "return")]
    public string? Return { get; set; }

    [SupplyParameterFromQuery]
    public string? Expired { get; set; }

    [SupplyParameterFromQuery]
    public string? Step { get; set; }

    /// <summary>Whether the first step is done, with a password or with OpenID Connect, and a code is required.</summary>
    private bool NeedsCode => _pending is not null || _pendingOidc is not null;

    private string OidcAddress => $"{OidcSignIn.BeginPath[1..]}?return={Uri.EscapeDataString(SignIn.SafeReturn(Return, Context.Request.PathBase))}";

    protected override void OnInitialized()
    {
        if (Step == OidcSignIn.CodeStep)
        {
            _pendingOidc = SealedCookie.OidcCode.Read(Context);
            if (_pendingOidc is null)
            {
                SealedCookie.Notice.Set(Context, TookTooLong);
                navigation.NavigateTo(SignIn.LoginPath[1..]);
                return;
            }
        }

        if (Form is not null) return;
        if (Context.User.Identity?.IsAuthenticated == true && Expired is null) navigation.NavigateTo(SignIn.SafeReturn(Return, Context.Request.PathBase));
        if (Expired is not null) (_notice, _noticeKind) = ("Your session has ended. Please sign in again.", "info");
        if (SealedCookie.Notice.Read(Context) is not { } notice) return;
        SealedCookie.Notice.Clear(Context);
        _notice = notice;
    }

    private async Task SubmitAsync()
    {
        if (_pendingOidc is { } pendingOidc)
        {
            await SubmitOidcCodeAsync(pendingOidc);
            return;
        }

        var (username, password) = (Form?.Username?.Trim() ?? "", Form?.Password ?? "");
        if (Form?.Pending is { } sealedLogin)
        {
            if (PendingLogin.Open(protection, sealedLogin) is not { } first)
            {
                _notice = TookTooLong;
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

    private async Task SubmitOidcCodeAsync(string pending)
    {
        try
        {
            var request = new AuthenticateOidcCodeRequest { Pending = pending, Code = Form?.Code?.Trim() ?? "" };
            var session = await node.PostForAsync<OidcSession>(Context, "/v2/console/authenticate/oidc/code", request);
            SealedCookie.OidcCode.Clear(Context);
            navigation.NavigateTo(await OidcSignIn.ContinueAsync(Context, session, Return));
        }
        catch (NodeException error)
        {
            _notice = TextOf(error);
            // Another code can be tried, unless the first step counts no more.
            if (error.Message.Contains("MFA", StringComparison.Ordinal) || error.Code is NodeException.ResourceExhausted or NodeException.Unavailable) return;
            SealedCookie.Notice.Set(Context, error.Message);
            SealedCookie.OidcCode.Clear(Context);
            navigation.NavigateTo(SignIn.LoginPath[1..]);
        }
    }

    private void Explain(NodeException error, string username, string password, string code)
    {
        var wantsCode = error.Code == NodeException.PermissionDenied && error.Message.Contains("MFA", StringComparison.Ordinal);
        var wrongCode = code.Length > 0 && error.Message.Contains("MFA", StringComparison.Ordinal);
        if (wantsCode || wrongCode) _pending = PendingLogin.Seal(protection, username, password);
        _notice = wantsCode && !wrongCode ? null : TextOf(error);
    }

    private static string TextOf(NodeException error) =>
        error.Code == NodeException.ResourceExhausted ? SignIn.TooManyAttempts : error.Message;
}
