using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Nakama.Console.Access;

/// <summary>
/// Carries a text, such as a signed token of a node, from one page to the next without showing it in the URL: encrypted by
/// this console, for one page and a few minutes only, and inaccessible to scripts.
/// </summary>
internal sealed class SealedCookie(string name, string path)
{
    /// <summary>Browsers store 4096 bytes of a cookie, and encryption makes a text half as long again.</summary>
    private const int MaxLength = 2048;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>The signed token with which the second step is set up.</summary>
    public static SealedCookie MfaEnrollment { get; } = new("nakama-console-mfa", "/mfa");

    /// <summary>The signed token with which a password is set.</summary>
    public static SealedCookie PasswordReset { get; } = new("nakama-console-reset", "/reset");

    /// <summary>The signed text with which a sign-in with OpenID Connect continues when a code is required.</summary>
    public static SealedCookie OidcCode { get; } = new("nakama-console-code", SignIn.LoginPath);

    /// <summary>The reason why a sign-in with OpenID Connect failed.</summary>
    public static SealedCookie Notice { get; } = new("nakama-console-notice", SignIn.LoginPath);

    /// <summary>Texts that are too long to be a node's token are dropped.</summary>
    public void Set(HttpContext context, string text)
    {
        if (text.Length > MaxLength) return;
        context.Response.Cookies.Append(name, Protector(context).Protect(text, Lifetime), Options(context, Lifetime));
    }

    /// <summary>Null when there is none, or it was not created by this console or has expired.</summary>
    public string? Read(HttpContext context)
    {
        if (context.Request.Cookies[name] is not { } value) return null;
        try
        {
            return Protector(context).Unprotect(value);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public void Clear(HttpContext context) => context.Response.Cookies.Delete(name, Options(context, null));

    private ITimeLimitedDataProtector Protector(HttpContext context) =>
        context.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector(name).ToTimeLimitedDataProtector();

    // Lax, because the link in an email is followed from another site.
    private CookieOptions Options(HttpContext context, TimeSpan? maxAge) => new()
    {
        Path = context.Request.PathBase.Add(path).ToUriComponent(),
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        MaxAge = maxAge,
    };
}
