using System.Text.RegularExpressions;

namespace Nakama.Server.Logging;

/// <summary>Hides what looks like a secret in lines that leave the log. Nothing logs secrets; libraries and modules might.</summary>
internal static partial class LogSecrets
{
    private const string Hidden = "***";

    private static readonly string[] SecretNames = ["password", "secret", "token", "authorization", "api_key", "apikey", "signing_key", "private_key", "http_key", "server_key", "encryption_key"];

    public static string Hide(string text) => text.Length == 0
        ? text
        : Addresses().Replace(Pairs().Replace(Credentials().Replace(Tokens().Replace(text, Hidden), $"$1 {Hidden}"), $"$1{Hidden}"), $"://{Hidden}@");

    public static string HideField(string name, string value) => IsSecret(name) ? Hidden : Hide(value);

    /// <summary>Hides in a message also the values of its fields that hold secrets.</summary>
    public static string HideIn(string message, IEnumerable<KeyValuePair<string, string>> fields)
    {
        foreach (var (name, value) in fields)
        {
            if (value.Length > 0 && IsSecret(name)) message = message.Replace(value, Hidden, StringComparison.Ordinal);
        }

        return Hide(message);
    }

    private static bool IsSecret(string name) => SecretNames.Any(secret => name.Contains(secret, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex("eyJ[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]*", RegexOptions.NonBacktracking)]
    private static partial Regex Tokens();

    [GeneratedRegex("(?i)\\b(bearer|basic) [A-Za-z0-9._~+/=-]{4,}", RegexOptions.NonBacktracking)]
    private static partial Regex Credentials();

    [GeneratedRegex("(?i)((?:password|secret|token|api_?key|(?:signing|private|http|server|encryption)_key)\"?\\s*[=:]\\s*\"?)[^\\s\"&;,]+", RegexOptions.NonBacktracking)]
    private static partial Regex Pairs();

    /// <summary>User and password in an address.</summary>
    [GeneratedRegex("://[^/\\s:@]+:[^@\\s/]+@", RegexOptions.NonBacktracking)]
    private static partial Regex Addresses();
}
