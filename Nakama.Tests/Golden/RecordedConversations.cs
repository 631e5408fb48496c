using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nakama.Server.Config;
using Nakama.Server.Matches;
using Nakama.Server.Matchmaking;
using Nakama.Server.Parties;
using Nakama.Server.Presence;
using Nakama.Server.Security;
using Nakama.Server.Sessions;
using Nakama.Tests.House;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Golden;

/// <summary>Replays every conversation recorded with the reference server against this one.</summary>
public sealed class RecordedConversations(RecordedConversations.Playback playback) : IClassFixture<RecordedConversations.Playback>
{
    private static string Folder => Path.Combine(SourceTree.Root, "Nakama.Tests", "Golden", "Scenarios");

    private static string Modules => Path.Combine(SourceTree.Root, "Nakama.Tests", "Golden", "Modules");

    public static TheoryData<string> Names => [.. AllNames];

    internal static IEnumerable<string> AllNames =>
        Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Codes_and_values_are_those_of_the_reference(string scenario) =>
        AssertNone((await playback.ResultAsync(scenario)).Differences);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_sentences_of_errors_are_those_of_the_reference(string scenario) =>
        AssertNone((await playback.ResultAsync(scenario)).TextDifferences);

    private void AssertNone(IReadOnlyList<string> differences) =>
        Assert.True(differences.Count == 0, string.Join('\n', [.. differences.Take(40), .. playback.Complaints()]));

    /// <summary>The nodes that replay all conversations concurrently; here a single one.</summary>
    public class Playback : IScenarioWaits, IAsyncLifetime, IDisposable
    {
        // Tokens and messages have timestamps in seconds, so a step that waits this long expects a different one.
        private static readonly TimeSpan Dated = TimeSpan.FromSeconds(1);

        private readonly SemaphoreSlim _turns;
        private readonly SemaphoreSlim _rounds = new(1);
        private readonly Dictionary<string, Task<ScenarioResult>> _results = [];
        private IReadOnlyList<TestServer> _servers = [];
        private IReadOnlyList<ScenarioNode> _nodes = [];

        public Playback()
            : this(6)
        {
        }

        /// <param name="atOnce">The number of conversations that are replayed at the same time.</param>
        protected Playback(int atOnce) => _turns = new SemaphoreSlim(atOnce);

        /// <summary>Where the conversations are.</summary>
        protected virtual string ScenarioFolder => Folder;

        /// <summary>The differences that are on purpose.</summary>
        private protected virtual Deviations Deviations => Deviations.OfReference;

        /// <summary>The conversations to replay.</summary>
        protected virtual IEnumerable<string> Scenarios => AllNames;

        public async Task InitializeAsync()
        {
            _servers = await StartAsync();
            _nodes = [.. _servers.Select(server => new ScenarioNode(server.Port, server.ConsolePort, CreateSender(server)))];
            foreach (var name in Scenarios) _results[name] = PlayAsync(Path.Combine(ScenarioFolder, name + ".json"));
        }

        public async Task DisposeAsync()
        {
            await Task.WhenAll(_results.Values);
            await StopAsync();
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>
        /// The modules act only on what the conversations mark for them, and the matchmaker runs when a conversation waits
        /// for its results.
        /// </summary>
        protected static NakamaOptions Configure(NakamaOptions options) => options with
        {
            Runtime = options.Runtime with { Path = Modules },
            Matchmaker = options.Matchmaker with { IntervalSec = 3600 },
        };

        /// <summary>Passwords wait for their turn however busy the machine is.</summary>
        protected static void WithPatience(WebApplicationBuilder builder) =>
            builder.Services.AddSingleton(new PasswordLimits { LongestWait = Timeout.InfiniteTimeSpan });

        protected virtual async Task<IReadOnlyList<TestServer>> StartAsync() => [await TestServer.StartAsync(Configure, WithPatience)];

        protected virtual async Task StopAsync()
        {
            foreach (var server in _servers) await server.DisposeAsync();
        }

        /// <summary>
        /// The precondition of a step: all nodes have applied the changes of earlier steps and delivered their presence events, which
        /// a socket that the step opens would receive otherwise.
        /// </summary>
        protected virtual async Task CaughtUpAsync()
        {
            foreach (var server in _servers) await server.Services.GetRequiredService<PresenceTracker>().SettledAsync();
        }

        private protected virtual IRequestSender CreateSender(TestServer server) => new HttpRequestSender(server.Port);

        protected virtual void Dispose(bool disposing)
        {
            if (!disposing) return;
            _turns.Dispose();
            _rounds.Dispose();
        }

        /// <summary>The failures that the nodes have logged.</summary>
        internal IEnumerable<string> Complaints() =>
            from server in _servers
            from line in server.Log.Lines
            where line.Level >= LogLevel.Error
            select $"{line.Category}: {line.Text}: {line.Error?.GetType().Name}: {line.Error?.Message} {line.Error?.InnerException?.Message}".ReplaceLineEndings(" ");

        internal Task<ScenarioResult> ResultAsync(string scenario) => _results[scenario];

        async Task IScenarioWaits.OpenedAsync(ScenarioNode node, PlainSocket socket)
        {
            var services = _servers.Single(server => server.Port == node.Port).Services;
            var (sessions, tracker) = (services.GetRequiredService<SessionRegistry>(), services.GetRequiredService<PresenceTracker>());
            var port = socket.LocalPort.ToString(CultureInfo.InvariantCulture);
            await SocketNode.UntilAsync(() =>
                socket.IsEnded || sessions.All.Any(session => session.ClientPort == port && tracker.ListOf(session).Count > 0));
        }

        async Task IScenarioWaits.PausedAsync(TimeSpan pause)
        {
            var start = TimeProvider.System.GetTimestamp();
            var (second, millisecond) = (Second(), TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
            await LoopsAsync(pause);
            await CaughtUpAsync();
            // Lists are in the order of creation, which is known to the millisecond.
            await SocketNode.UntilAsync(() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() > millisecond);
            // Changed labels are found only after an index refresh, which otherwise runs at an interval.
            foreach (var server in _servers)
            {
                server.Services.GetRequiredService<PartyIndex>().Refresh();
                server.Services.GetRequiredService<MatchIndex>().Refresh();
            }

            // Timestamps change with the second, and cached values expire after as long as they were kept for.
            if (pause >= Dated) await SocketNode.UntilAsync(() => Second() > second && TimeProvider.System.GetElapsedTime(start) >= pause);

            static long Second() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        }

        /// <summary>Every match has as many loops as the pause has room for.</summary>
        private async Task LoopsAsync(TimeSpan pause)
        {
            var matches = _servers.SelectMany(static server => server.Services.GetRequiredService<MatchRegistry>().All)
                .Select(match => (Match: match, Until: match.Tick + (long)(match.TickRate * pause.TotalSeconds))).ToList();
            await SocketNode.UntilAsync(() => matches.TrueForAll(static match => match.Match.IsStopped || match.Match.Tick >= match.Until));
        }

        /// <summary>The node that owns the matchmaker runs it; on the others the call has no effect.</summary>
        private async Task RoundAsync()
        {
            foreach (var server in _servers) await server.Services.GetRequiredService<MatchmakerInterval>().RunAsync(CancellationToken.None);
        }

        private static bool IsMatchmaking(string file) => Path.GetFileName(file).Contains("matchmaker", StringComparison.Ordinal);

        private async Task<ScenarioResult> PlayAsync(string file)
        {
            // A matchmaker run of one conversation would affect another.
            if (IsMatchmaking(file)) await _rounds.WaitAsync();
            await _turns.WaitAsync();
            try
            {
                await using var player = new ScenarioPlayer(_nodes, _servers[0].ServerKey, this);
                return await player.PlayAsync(await File.ReadAllTextAsync(file), Deviations, async step =>
                {
                    await CaughtUpAsync();
                    if (IsMatchmaking(file) && step.ContainsKey("recv") && Json.Write(step["expect"]).Contains("matchmaker_matched", StringComparison.Ordinal))
                        await RoundAsync();
                });
            }
            finally
            {
                _turns.Release();
                if (IsMatchmaking(file)) _rounds.Release();
            }
        }
    }
}
