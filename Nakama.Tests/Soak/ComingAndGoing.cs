using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nakama.Server.Matches;
using Nakama.Server.Matchmaking;
using Nakama.Server.Parties;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;
using Nakama.Server.Transport.Rudp;
using Nakama.Tests.TestHost;
using Xunit.Abstractions;

namespace Nakama.Tests.Soak;

/// <summary>
/// A node under players who come and go through every listener. Runs shortly by itself; with <c>NAKAMA_SOAK_SECONDS</c> it runs as
/// long as that says, and also holds the memory at the end against the memory after the first quarter.
/// </summary>
public sealed class ComingAndGoing(ITestOutputHelper output)
{
    private const int Players = 40;
    private const int AtOnce = 24;
    private const int ShortSeconds = 10;

    /// <summary>What the heap may grow by between the two looks: pools and caches fill up slowly.</summary>
    private const long AllowedGrowthBytes = 8 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Players_who_come_and_go_through_every_door_leave_nothing_behind()
    {
        var isLong = int.TryParse(Environment.GetEnvironmentVariable("NAKAMA_SOAK_SECONDS"), CultureInfo.InvariantCulture, out var seconds);
        if (!isLong) seconds = ShortSeconds;
        await using var server = await TestServer.StartAsync(options => options with
        {
            Session = options.Session with { TokenExpirySec = 86400 },
            Socket = options.Socket with { PingPeriodMs = 1500, PongWaitMs = 4000 },
            Matchmaker = options.Matchmaker with { IntervalSec = 1 },
        });
        TestPlayer[] players = [.. await Task.WhenAll(Enumerable.Range(0, Players).Select(_ => server.AuthenticateAsync()))];
        var world = new SoakWorld(server, players);

        var playing = world.PlayAsync(AtOnce, TimeSpan.FromSeconds(seconds / 4.0), TimeProvider.System);
        Assert.True(await WerePartiesSeenAsync(server, playing));
        await NothingIsLeftAsync(server, world);
        var before = HeapBytes();
        await world.PlayAsync(AtOnce, TimeSpan.FromSeconds(seconds * 3 / 4.0), TimeProvider.System);
        await NothingIsLeftAsync(server, world);
        var after = HeapBytes();

        output.WriteLine(
            $"{seconds} s, {world.Count.Lives} connections, {world.Count.Requests} requests, {world.Count.CutOff} cut off; heap {before >> 10} KiB, then {after >> 10} KiB; working set {Environment.WorkingSet >> 20} MiB");
        Assert.DoesNotContain(server.Log.Lines, line => line.Level >= LogLevel.Error);
        // Other tests beside this one use the same heap.
        if (isLong) Assert.InRange(after - before, long.MinValue, AllowedGrowthBytes);
    }

    /// <summary>Whether there was a party at any time before the end, so that none afterwards means something.</summary>
    private static async Task<bool> WerePartiesSeenAsync(TestServer server, Task playing)
    {
        var parties = server.Services.GetRequiredService<PartyRegistry>();
        var wereSeen = false;
        while (!playing.IsCompleted)
        {
            wereSeen |= parties.Count > 0;
            await Task.WhenAny(playing, Task.Delay(10));
        }

        await playing;
        return wereSeen;
    }

    /// <summary>Waits until the node has noticed that all are gone, the silent ones too.</summary>
    private static async Task NothingIsLeftAsync(TestServer server, SoakWorld world)
    {
        var services = server.Services;
        (string What, Func<int> Count)[] counts =
        [
            ("sessions", () => services.GetRequiredService<SessionRegistry>().Count),
            ("presences", () => services.GetRequiredService<PresenceTracker>().Count),
            ("matches", () => services.GetRequiredService<MatchRegistry>().Count),
            ("parties", () => services.GetRequiredService<PartyRegistry>().Count),
            ("tickets", () => services.GetRequiredService<Matchmaker>().Pool.Count),
            ("UDP peers", () => services.GetRequiredService<RudpHost>().PeerCount),
        ];
        using var timeout = new CancellationTokenSource(Patience);
        while (counts.Any(count => count.Count() > 0) && !timeout.IsCancellationRequested) await Task.Delay(50);
        Assert.Empty(counts.Where(count => count.Count() > 0).Select(count => $"{count.Count()} {count.What}"));
        await world.BuryAsync();
        using var deadlines = new CancellationTokenSource(Patience);
        while (services.GetRequiredService<SessionTimerWheel>().Count > 0 && !deadlines.IsCancellationRequested) await Task.Delay(50);
        Assert.Equal(0, services.GetRequiredService<SessionTimerWheel>().Count);
    }

    private static long HeapBytes()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
