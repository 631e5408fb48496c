namespace Nakama.Console.Shell;

/// <summary>
/// Keeps the lines of requests out of the log at every level: they name the query, in which a link to choose a password
/// carries its secret.
/// </summary>
internal static class SecretsInLogs
{
    private const string RequestLines = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public static void Filter(LoggerFilterOptions filter)
    {
        // A rule for one provider comes before any for all of them.
        var providers = filter.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToList();
        foreach (var provider in providers) filter.Rules.Add(new LoggerFilterRule(provider, RequestLines, LogLevel.Warning, null));
    }
}
