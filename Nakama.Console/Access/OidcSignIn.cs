using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Nakama.Console.Nodes;
using Nakama.Console.Shell;
using Nakama.Protocol.Oidc;

namespace Nakama.Console.Access;

/// <summary>
/// Sign-in with OpenID Connect: the code flow with PKCE, state and nonce. The ID token is exchanged at a node, which verifies
/// it, for a token of the console. No token of the issuer is kept. Every failure ends on the login page with its reason.
/// </summary>
internal static partial class OidcSignIn
{
    public const string Scheme = OpenIdConnectDefaults.AuthenticationScheme;
    public const string BeginPath = "/login/oidc";
    public const string CallbackPath = "/login/oidc/callback";

    /// <summary>The query parameter of the login page that asks for a code of the operator's app, and its value.</summary>
    public const string CodeStep = "code";

    private const string NonceKey = "nonce";
    private const string IdTokenName = "id_token";

    private static readonly TimeSpan IssuerTimeout = TimeSpan.FromSeconds(10);

    public static void Configure(OpenIdConnectOptions options, OidcSettings settings)
    {
        options.Authority = settings.Issuer;
        options.ClientId = settings.ClientId;
        options.ClientSecret = settings.ClientSecret.Length > 0 ? settings.ClientSecret : null;
        options.RequireHttpsMetadata = !new Uri(settings.Issuer).IsLoopback;
        options.CallbackPath = CallbackPath;
        // Any page could log the operator out by a link to the first of these.
        options.RemoteSignOutPath = default;
        options.SignedOutCallbackPath = default;
        options.ResponseType = "code";
        // A form posted by the issuer would be a request of another site, which the console refuses.
        options.ResponseMode = "query";
        options.UsePkce = true;
        options.MapInboundClaims = false;
        options.DisableTelemetry = true;
        options.BackchannelTimeout = IssuerTimeout;
        // Until the ticket arrives, which is not kept.
        options.SaveTokens = true;
        options.Scope.Clear();
        foreach (var scope in settings.Scopes) options.Scope.Add(scope);
        foreach (var cookie in (CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.HttpOnly = true;
        }

        options.Events.OnRedirectToIdentityProvider = context =>
        {
            context.ProtocolMessage.RedirectUri = BrowserAddress(context.Request, context.ProtocolMessage.RedirectUri);
            return Task.CompletedTask;
        };
        options.Events.OnTokenValidated = context =>
        {
            // The nonce of this browser's cookie, not the token's word for it.
            context.Properties!.Items[NonceKey] = context.Nonce;
            return Task.CompletedTask;
        };
        options.Events.OnTicketReceived = CompleteAsync;
        options.Events.OnAccessDenied = context =>
        {
            Leave(context.HttpContext, context.ReturnUrl, $"{settings.Name} did not let you in.");
            context.HandleResponse();
            return Task.CompletedTask;
        };
        options.Events.OnRemoteFailure = context =>
        {
            // Forged, outdated and mistyped answers have no properties; the library has logged the reason.
            var text = context.Properties is null ? "This sign-in has expired or was not started here. Try again." : $"The sign-in with {settings.Name} failed. Try again.";
            Leave(context.HttpContext, context.Properties?.RedirectUri, text);
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    /// <summary>Sends the browser to the issuer.</summary>
    public static async Task BeginAsync(HttpContext context, OidcSettings settings)
    {
        var target = SignIn.SafeReturn(context.Request.Query["return"], context.Request.PathBase);
        try
        {
            await context.ChallengeAsync(Scheme, new AuthenticationProperties { RedirectUri = target });
        }
        catch (Exception error) when (error is InvalidOperationException or HttpRequestException or IOException or OperationCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            IssuerFailed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OidcSignIn)), error);
            Leave(context, target, $"{settings.Name} does not answer. Try again later.");
        }
    }

    /// <summary>Begins the operator's session, or the step that is missing, and returns the address to continue at.</summary>
    public static async Task<string> ContinueAsync(HttpContext context, OidcSession session, string? target)
    {
        var root = context.Request.PathBase.ToUriComponent();
        if (session.MfaCode.Length > 0)
        {
            SealedCookie.MfaEnrollment.Set(context, session.MfaCode);
            return $"{root}/mfa";
        }

        if (session.Pending.Length > 0)
        {
            SealedCookie.OidcCode.Set(context, session.Pending);
            return LoginAddress(context, target, $"step={CodeStep}&");
        }

        if (ConsoleToken.Read(session.Token) is not { } token) return Explain(context, target, "The node answered without a token.");
        await SignIn.BeginAsync(context, token);
        return SignIn.SafeReturn(target, context.Request.PathBase);
    }

    /// <summary>Exchanges the ID token at a node.</summary>
    private static async Task CompleteAsync(TicketReceivedContext context)
    {
        var http = context.HttpContext;
        try
        {
            var request = new AuthenticateOidcRequest
            {
                IdToken = context.Properties?.GetTokenValue(IdTokenName) ?? "",
                Nonce = context.Properties?.Items.TryGetValue(NonceKey, out var nonce) == true ? nonce ?? "" : "",
            };
            var session = await http.RequestServices.GetRequiredService<NodeClient>().PostForAsync<OidcSession>(http, "/v2/console/authenticate/oidc", request);
            http.Response.Redirect(await ContinueAsync(http, session, context.ReturnUri));
        }
        catch (NodeException error)
        {
            Leave(http, context.ReturnUri, error.Code == NodeException.ResourceExhausted ? SignIn.TooManyAttempts : error.Message);
        }

        context.HandleResponse();
    }

    /// <summary>The same address under the origin that browsers know, where a proxy changes the host.</summary>
    private static string BrowserAddress(HttpRequest request, string redirectUri)
    {
        var origins = request.HttpContext.RequestServices.GetRequiredService<ConsoleSettings>().Origins;
        var address = new Uri(redirectUri);
        if (origins.Count == 0 || origins.Any(origin => origin.Scheme == address.Scheme && origin.Authority == address.Authority)) return redirectUri;
        return new Uri(origins[0], address.PathAndQuery).AbsoluteUri;
    }

    private static void Leave(HttpContext context, string? target, string reason) => context.Response.Redirect(Explain(context, target, reason));

    /// <summary>Makes the login page show a text once, and returns its address.</summary>
    private static string Explain(HttpContext context, string? target, string reason)
    {
        SealedCookie.Notice.Set(context, reason);
        return LoginAddress(context, target, "");
    }

    private static string LoginAddress(HttpContext context, string? target, string query)
    {
        var (root, safe) = (context.Request.PathBase.ToUriComponent(), SignIn.SafeReturn(target, context.Request.PathBase));
        return $"{root}{SignIn.LoginPath}?{query}return={Uri.EscapeDataString(safe)}";
    }

    [LoggerMessage(1, LogLevel.Warning, "The issuer of ID tokens cannot be asked to sign an operator in")]
    private static partial void IssuerFailed(ILogger logger, Exception error);
}
