using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Config;
using Nakama.Server.Leaderboards;
using Nakama.Server.Tournaments;
using Nakama.Tests.Leaderboards;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Tournaments;

/// <summary>What happens at the ends of rounds and periods, with a clock the test moves.</summary>
public sealed class ResetSchedulerTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Midnight = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestTimeProvider _clock = new(Midnight.AddMinutes(1));
    private readonly Channel<Heard> _heard = System.Threading.Channels.Channel.CreateUnbounded<Heard>();
    private TestServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(_clock));
        Hear(_server);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_leaderboard_resets_at_each_instant_once_and_keeps_what_was()
    {
        var id = await _server.CreateBoardAsync(draft => draft with { ResetSchedule = "*/20 * * * *" });
        var owner = Guid.NewGuid();
        await _server.SubmitAsync(id, owner, 5);

        for (var round = 1; round <= 3; round++)
        {
            var (reset, before) = (At(round * 20), At((round - 1) * 20));
            Assert.Equal(new("reset", id, before, reset, reset, 0), await NextAsync());
        }

        var record = await _server.SubmitAsync(id, owner, 3);
        Assert.Equal((3, 1, 1, At(80)), (record.Score, record.NumScore, record.Rank, record.ExpiryTime.Seconds));
        var player = await _server.AuthenticateAsync();
        Assert.Equal([5], (await _server.RecordsAsync(player, id, $"limit=5&expiry={At(20)}")).Scores());
        Assert.Equal([3], (await _server.RecordsAsync(player, id, "limit=5")).Scores());
    }

    [Fact]
    public async Task A_tournament_ends_and_turns_and_its_places_are_free_again()
    {
        var id = await _server.CreateTournamentAsync(draft => draft with
        {
            ResetSchedule = "*/20 * * * *",
            Duration = 120,
            StartTime = At(0),
            EndTime = At(40),
            MaxSize = 1,
            IsJoinRequired = true,
        });
        var records = _server.Services.GetRequiredService<TournamentRecords>();
        await records.JoinAsync(id, Guid.NewGuid(), "", CancellationToken.None);

        Assert.Equal(new("end", id, At(0), At(2), At(20), 1), await NextAsync());
        await AssertRefusedAsync(TournamentErrorReason.NotActive, records.JoinAsync(id, Guid.NewGuid(), "", CancellationToken.None));
        Assert.Equal(new("turn", id, At(0), At(2), At(20), 1), await NextAsync());
        Assert.Equal(new("end", id, At(20), At(22), At(40), 0), await NextAsync());
        Assert.Equal(new("turn", id, At(20), At(22), At(40), 0), await NextAsync());

        // That was the last round.
        var other = await _server.CreateBoardAsync(draft => draft with { ResetSchedule = "*/20 * * * *" });
        for (var round = 0; round < 3; round++) Assert.Equal(other, (await NextAsync()).Id);
    }

    [Fact]
    public async Task Those_who_came_after_the_turn_but_before_it_was_noticed_are_counted()
    {
        var id = await _server.CreateTournamentAsync(draft => draft with { ResetSchedule = "*/20 * * * *", StartTime = At(0), MaxSize = 2, IsJoinRequired = true });
        var records = _server.Services.GetRequiredService<TournamentRecords>();
        await records.JoinAsync(id, Guid.NewGuid(), "", CancellationToken.None);
        _ = await NextAsync();
        while (_heard.Reader.TryRead(out _)) { }

        var now = At(_clock.GetUtcNow());
        await records.JoinAsync(id, Guid.NewGuid(), "", CancellationToken.None);
        var expiry = now - now % 1200 + 1200;
        await _server.BeginRoundAsync(id, expiry);

        var definitions = _server.Services.GetRequiredService<TournamentDefinitions>();
        Assert.Equal(1u, Assert.Single(await definitions.GetAsync([id], CancellationToken.None)).Size);
    }

    [Fact]
    public async Task What_is_deleted_is_silent_and_what_is_made_anew_speaks_once()
    {
        var definitions = _server.Services.GetRequiredService<LeaderboardDefinitions>();
        var gone = await _server.CreateBoardAsync(draft => draft with { ResetSchedule = "*/20 * * * *" });
        var anew = await _server.CreateBoardAsync(draft => draft with { ResetSchedule = "*/20 * * * *" });
        foreach (var id in new[] { gone, anew }) await definitions.DeleteAsync(id, CancellationToken.None);
        await definitions.CreateAsync(new() { Id = anew, ResetSchedule = "*/20 * * * *" }, CancellationToken.None);

        for (var round = 1; round <= 3; round++) Assert.Equal((anew, At(round * 20)), (await NextAsync()) is var heard ? (heard.Id, heard.Reset) : default);
    }

    [Fact]
    public async Task A_callback_that_fails_stops_nothing()
    {
        var id = await _server.CreateBoardAsync(draft => draft with { ResetSchedule = "*/20 * * * *" });
        var callbacks = _server.Services.GetRequiredService<LeaderboardCallbacks>();
        var tell = callbacks.LeaderboardReset!;
        var failures = 1;
        callbacks.LeaderboardReset = (board, reset, token) =>
            Interlocked.Decrement(ref failures) >= 0 ? throw new InvalidOperationException("no") : tell(board, reset, token);

        Assert.Equal((id, At(40)), (await NextAsync()) is var heard ? (heard.Id, heard.Reset) : default);
        Assert.Contains(_server.Log.Lines, line => line.Error is InvalidOperationException);
    }

    [Fact]
    public async Task Of_two_nodes_on_one_database_one_tells_of_each_instant()
    {
        var board = await _server.CreateBoardAsync(draft => draft with { ResetSchedule = "*/20 * * * *" });
        var tournament = await _server.CreateTournamentAsync(draft => draft with
        {
            ResetSchedule = "*/20 * * * *",
            Duration = 120,
            StartTime = At(0),
            MaxSize = 5,
        });
        await using var second = await StartSecondAsync();
        Hear(second);

        var heard = new List<Heard>();
        while (!heard.Any(one => one is { Kind: "turn", Reset: var reset } && reset == At(200))) heard.Add(await NextAsync());

        Assert.Equal(heard.Count, heard.Distinct().Count());
        Assert.Equal(
            Enumerable.Range(1, 9).Select(round => At(round * 20)),
            heard.Where(one => one.Id == board && one.Reset < At(200)).Select(one => one.Reset).Order());
        Assert.Equal(
            Enumerable.Range(1, 9).SelectMany(round => new[] { ("end", At(round * 20)), ("turn", At(round * 20)) }).Order(),
            heard.Where(one => one.Id == tournament && one.Reset < At(200)).Select(one => (one.Kind, one.Reset)).Order());
    }

    [Fact]
    public async Task Ranks_of_the_present_period_are_there_after_a_restart()
    {
        var id = await _server.CreateBoardAsync(draft => draft with { ResetSchedule = "*/20 * * * *" });
        var without = await _server.CreateBoardAsync(draft => draft with { AreRanksEnabled = false });
        var excluded = await _server.CreateBoardAsync();
        var owners = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var (owner, i) in owners.Select((owner, i) => (owner, i)))
        {
            foreach (var board in new[] { id, without, excluded }) await _server.SubmitAsync(board, owner, i);
        }

        await using var second = await StartSecondAsync(
            options => options with { Leaderboard = options.Leaderboard with { BlacklistRankCache = [excluded], RankCacheWorkers = 2 } });
        var player = await second.AuthenticateAsync();
        var count = 0L;
        using var patience = new CancellationTokenSource(Patience);
        while (count < owners.Length && !patience.IsCancellationRequested)
            count = (await second.RecordsAsync(player, id, "limit=1")).Body.Number("rank_count");

        Assert.Equal(owners.Length, count);
        Assert.Equal(5, Assert.Single((await second.RecordsAsync(player, id, $"owner_ids={owners[15]}")).Items("owner_records")).Number("rank"));
        Assert.Equal(0, (await second.RecordsAsync(player, without, "limit=1")).Body.Number("rank_count"));
        Assert.Equal(0, (await second.RecordsAsync(player, excluded, "limit=1")).Body.Number("rank_count"));
        Assert.Equal(0, (await second.SubmitAsync(excluded, owners[3], 99)).Rank);
    }

    private void Hear(TestServer server)
    {
        var callbacks = server.Services.GetRequiredService<LeaderboardCallbacks>();
        callbacks.LeaderboardReset = (board, reset, token) => _heard.Writer.WriteAsync(new("reset", board.Id, board.PrevReset, board.NextReset, reset, 0), token);
        callbacks.TournamentEnd = (t, end, reset, token) => _heard.Writer.WriteAsync(new("end", t.Id, t.PrevReset, end, reset, t.Size), token);
        callbacks.TournamentReset = (t, end, reset, token) => _heard.Writer.WriteAsync(new("turn", t.Id, t.PrevReset, end, reset, t.Size), token);
    }

    private static long At(int minutes) => Midnight.AddMinutes(minutes).ToUnixTimeSeconds();

    private static long At(DateTimeOffset time) => time.ToUnixTimeSeconds();

    private static async Task AssertRefusedAsync(TournamentErrorReason reason, ValueTask work) =>
        Assert.Equal(reason, (await Assert.ThrowsAsync<TournamentException>(() => work.AsTask())).Cause);

    private async Task<TestServer> StartSecondAsync(Func<NakamaOptions, NakamaOptions>? change = null) => await TestServer.StartAsync(
        change, builder => builder.Services.AddSingleton<TimeProvider>(_clock), _server.Options.Database.Address[0]);

    /// <summary>Moves the clock in small steps until something is heard.</summary>
    private async Task<Heard> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            if (_heard.Reader.TryRead(out var heard)) return heard;
            _clock.Advance(TimeSpan.FromSeconds(30));
            // The node's own threads need a moment; how long it is does not matter.
            await Task.WhenAny(_heard.Reader.WaitToReadAsync(patience.Token).AsTask(), Task.Delay(TimeSpan.FromMilliseconds(10), patience.Token));
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private sealed record Heard(string Kind, string Id, long PrevReset, long End, long Reset, long Size);
}
