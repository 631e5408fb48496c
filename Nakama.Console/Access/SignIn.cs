using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components;
using Nakama.Console.Nodes;
using Nakama.Protocol.Console;

namespace Nakama.Console.Access;

/// <summary>
/// The operator's session: the node's token, encrypted in a cookie that scripts cannot read and that expires with it.
/// </summary>
internal static class SignIn
{
    public const string TokenClaim = "token";
    public const string LoginPath = "/login";
    public const string EndPath = "/logout";
    public const string TooManyAttempts = "Too many attempts. Try again in a minute.";

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "nakama-console";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.LoginPath = LoginPath;
        options.AccessDeniedPath = LoginPath;
        options.ReturnUrlParameter = "return";
        options.SlidingExpiration = false;
    }

    public static Task BeginAsync(HttpContext context, ConsoleToken token)
    {
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, token.Username), new Claim(TokenClaim, token.Text)],
            CookieAuthenticationDefaults.AuthenticationScheme);
        var properties = new AuthenticationProperties { ExpiresUtc = token.ExpiresAt, IsPersistent = true };
        return context.SignInAsync(new ClaimsPrincipal(identity), properties);
    }

    /// <summary>Revokes the token at the node, and removes it here whatever the node's response is.</summary>
    public static async Task<IResult> EndAsync(HttpContext context, IAntiforgery antiforgery, NodeClient node, Operator signedIn)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
            return Results.Text("This page is out of date. Go back, load it again, and sign out from there.", statusCode: StatusCodes.Status400BadRequest);

        if (context.User.FindFirst(TokenClaim)?.Value is { } text && ConsoleToken.Read(text) is { } token)
        {
            signedIn.Use(token);
            try
            {
                await node.PostAsync("/v2/console/authenticate/logout", new AuthenticateLogoutRequest { Token = token.Text }, context.RequestAborted);
            }
            catch (NodeException)
            {
                // If the node is unreachable, the token expires by itself.
            }
        }

        await context.SignOutAsync();
        return Results.LocalRedirect($"~{LoginPath}");
    }

    /// <summary>
    /// Redirects to the login page, as the node no longer accepts the token. The cookie is replaced by the next sign-in.
    /// </summary>
    public static void Expire(NavigationManager navigation) => navigation.NavigateTo($"{LoginPath[1..]}?expired=1", forceLoad: true);

    /// <summary>The target after signing in; only paths of this console.</summary>
    /// <param name="path">What was asked for.</param>
    /// <param name="basePath">The path below which browsers find the console.</param>
    public static string SafeReturn(string? path, PathString basePath)
    {
        var root = basePath.ToUriComponent();
        // Browsers drop tabs and line breaks from addresses, so that two slashes around one begin another site.
        return path is not null && !path.AsSpan().ContainsAnyExceptInRange('!', '~')
            && path.StartsWith($"{root}/", StringComparison.Ordinal) && path[root.Length..] is ['/', ..] rest
            && rest is not ['/', '/' or '\\', ..] && !rest.StartsWith(LoginPath, StringComparison.Ordinal) ? path : $"{root}/";
    }
}
