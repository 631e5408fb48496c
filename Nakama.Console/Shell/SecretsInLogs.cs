namespace Nakama.Console.Shell;

/// <summary>
/// Keeps lines with secrets out of the log, whatever level is configured: request lines contain the query, in which a link to
/// set a password carries its secret and an issuer sends its code, and the debug lines of OpenID Connect the state and cookies.
/// </summary>
internal static class SecretsInLogs
{
    private static readonly (string Category, LogLevel Least)[] Bounds =
    [
        ("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning),
        ("Microsoft.AspNetCore.Authentication.OpenIdConnect", LogLevel.Information),
    ];

    public static void Filter(LoggerFilterOptions filter)
    {
        // A rule for a specific provider takes precedence over one for all of them.
        var providers = filter.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToList();
        foreach (var provider in providers)
        {
            foreach (var (category, least) in Bounds) filter.Rules.Add(new LoggerFilterRule(provider, category, least, null));
        }
    }
}
