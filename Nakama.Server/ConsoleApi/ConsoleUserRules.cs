using System.Text;
using System.Text.RegularExpressions;
using Nakama.Protocol.Console;

namespace Nakama.Server.ConsoleApi;

/// <summary>The rules for the name, the address and the rights of a new operator.</summary>
internal static partial class ConsoleUserRules
{
    private const int MinNameBytes = 3;
    private const int MaxNameBytes = 20;
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
        if (username == ReservedName || username.Equals(configuredName, StringComparison.OrdinalIgnoreCase)) throw ConsoleErrors.UsernameConfigured;
        if (username == caller.Username) throw ConsoleErrors.OwnConfiguration;

        if (request.Email.Length == 0) throw ConsoleErrors.EmailRequired;
        if (Encoding.UTF8.GetByteCount(request.Email) is < MinEmailBytes or > MaxEmailBytes || !Email().IsMatch(request.Email)) throw ConsoleErrors.EmailInvalid;
        return (username, request.Email.ToLowerInvariant(), ConsoleAcl.FromMessage(request.Acl));
    }

    [GeneratedRegex(@"^[a-zA-Z0-9][a-zA-Z0-9._]*[a-zA-Z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[^\s\p{C}@]+@[^\s\p{C}@]+\.[^\s\p{C}@]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Email();
}
