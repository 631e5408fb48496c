using System.Security.Cryptography;
using System.Text;

namespace Nakama.Server.ConsoleApi.Oidc;

/// <summary>Chooses the username of a new operator.</summary>
internal static class OidcUsernames
{
    private const string Anyone = "operator";
    private const int SuffixBytes = 4;

    /// <summary>
    /// The names to try: the one that the person is known by, as far as the rules allow it, and the same with a suffix that
    /// differs from person to person.
    /// </summary>
    public static string[] For(OidcIdentity who, string configuredName)
    {
        var at = who.Name.IndexOf('@', StringComparison.Ordinal);
        var known = ConsoleUserRules.ToUsername(at > 0 ? who.Name[..at] : who.Name) ?? Anyone;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{who.Issuer}\n{who.Subject}"));
        var suffix = "." + Convert.ToHexStringLower(hash.AsSpan(0, SuffixBytes));
        var withSuffix = known[..Math.Min(known.Length, ConsoleUserRules.MaxNameBytes - suffix.Length)].TrimEnd('.', '_') + suffix;
        return ConsoleUserRules.IsReserved(known, configuredName) ? [withSuffix] : [known, withSuffix];
    }
}
