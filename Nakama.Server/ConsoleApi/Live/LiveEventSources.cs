using System.Globalization;
using Nakama.Server.Matches;
using Nakama.Server.Runtime;
using Nakama.Server.Runtime.Events;
using Nakama.Server.Runtime.Jobs;

namespace Nakama.Server.ConsoleApi.Live;

/// <summary>Notes in the feed of events what matches, games, jobs and modules do on this node.</summary>
internal sealed class LiveEventSources(LiveEventFeed feed, MatchRegistry matches, EventQueue events, JobRunner jobs, RuntimeModules modules) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        matches.Began += match => feed.Add("match", "began", subject: match.MatchId, properties: [new("handler", match.HandlerName)]);
        matches.Ended += match => feed.Add("match", "ended", subject: match.MatchId, properties: [new("handler", match.HandlerName)]);
        events.Happened += (userId, happened) => feed.Add(
            "game", happened.Name, userId, properties: happened.Properties.Append(new("external", happened.External ? "true" : "false")));
        jobs.Ended += OnJobEnded;
        modules.Changed += (language, error) => feed.Add(
            "module", error is null ? "loaded" : "not loaded", subject: language.ToString(), properties: error is null ? null : [new("error", error)]);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void OnJobEnded(string name, JobResult result)
    {
        var facts = new List<KeyValuePair<string, string>> { new("duration_ms", result.DurationMs.ToString(CultureInfo.InvariantCulture)) };
        if (result.Error.Length > 0) facts.Add(new("error", result.Error));
        feed.Add("job", result.Outcome.ToString().ToLowerInvariant(), subject: name, properties: facts);
    }
}
