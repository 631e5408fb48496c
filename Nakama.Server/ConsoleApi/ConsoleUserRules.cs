using System.Text;
using System.Text.RegularExpressions;
using Nakama.Protocol.Console;

namespace Nakama.Server.ConsoleApi;

/// <summary>The rules for the name, the address and the rights of a new operator.</summary>
internal static partial class ConsoleUserRules
{
    private const int MinNameBytes = 3;
    /// <summary>The maximum length of a name.</summary>
    public const int MaxNameBytes = 20;

    private const int MinEmailBytes = 3;
    private const int MaxEmailBytes = 254;
    private const string ReservedName = "admin";

    /// <summary>The name and the address as they are stored, and the rights.</summary>
    /// <exception cref="Errors.ApiException">One of them is invalid.</exception>
    public static (string Username, string Email, ConsoleAcl Acl) Check(AddUserRequest request, ConsoleOperator caller, string configuredName)
    {
        if (request.Username.Length == 0) throw ConsoleErrors.UsernameRequired;
        if (request.Username == caller.Username) throw ConsoleErrors.OwnConfiguration;
        if (Encoding.UTF8.GetByteCount(request.Username) is < MinNameBytes or > MaxNameBytes || !Name().IsMatch(request.Username))
            throw ConsoleErrors.UsernameInvalid;
        var username = request.Username.ToLowerInvariant();
        if (IsReserved(username, configuredName)) throw ConsoleErrors.UsernameConfigured;
        if (username == caller.Username) throw ConsoleErrors.OwnConfiguration;

        if (request.Email.Length == 0) throw ConsoleErrors.EmailRequired;
        if (!IsEmail(request.Email)) throw ConsoleErrors.EmailInvalid;
        return (username, request.Email.ToLowerInvariant(), ConsoleAcl.FromMessage(request.Acl));
    }

    /// <summary>Whether the name is the configured administrator's, or looks like it.</summary>
    public static bool IsReserved(string username, string configuredName) =>
        username == ReservedName || username.Equals(configuredName, StringComparison.OrdinalIgnoreCase);

    public static bool IsEmail(string text) =>
        Encoding.UTF8.GetByteCount(text) is >= MinEmailBytes and <= MaxEmailBytes && Email().IsMatch(text);

    /// <summary>The text without what a name cannot have, and not longer than a name; null when too little remains.</summary>
    public static string? ToUsername(string text)
    {
        var allowed = string.Concat(text.ToLowerInvariant().Where(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_')).Trim('.', '_');
        if (allowed.Length > MaxNameBytes) allowed = allowed[..MaxNameBytes].TrimEnd('.', '_');
        return allowed.Length >= MinNameBytes ? allowed : null;
    }

    [GeneratedRegex(@"^[a-zA-Z0-9][a-zA-Z0-9._]*[a-zA-Z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[^\s\p{C}@]+@[^\s\p{C}@]+\.[^\s\p{C}@]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Email();
}
