namespace Nakama.Console.Shell;

/// <summary>
/// Keeps request lines out of the log, whatever level is configured: they contain the query, in which a link to set a password
/// carries its secret.
/// </summary>
internal static class SecretsInLogs
{
    private const string RequestLines = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public static void Filter(LoggerFilterOptions filter)
    {
        // A rule for a specific provider takes precedence over one for all of them.
        var providers = filter.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToList();
        foreach (var provider in providers) filter.Rules.Add(new LoggerFilterRule(provider, RequestLines, LogLevel.Warning, null));
    }
}
