using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Nakama.Console.Access;

/// <summary>Carries name and password from the first login step to the second, encrypted and for a few minutes only.</summary>
internal static class PendingLogin
{
    private const string Purpose = "login";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public static string Seal(IDataProtectionProvider protection, string username, string password) =>
        protection.CreateProtector(Purpose).ToTimeLimitedDataProtector().Protect(JsonSerializer.Serialize<string[]>([username, password]), Lifetime);

    /// <summary>Null when the text was not created by this console or has expired.</summary>
    public static (string Username, string Password)? Open(IDataProtectionProvider protection, string text)
    {
        try
        {
            var plain = protection.CreateProtector(Purpose).ToTimeLimitedDataProtector().Unprotect(text);
            return JsonSerializer.Deserialize<string[]>(plain) is [var username, var password] ? (username, password) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
