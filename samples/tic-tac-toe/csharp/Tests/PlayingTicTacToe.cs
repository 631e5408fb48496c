using System.Text.Json.Nodes;
using Nakama.GameLogic;
using Nakama.GameLogic.Testing;

namespace TicTacToe.Tests;

/// <summary>The rules, tested in memory on a clock that stands still between the ticks.</summary>
public sealed class PlayingTicTacToe : IAsyncLifetime
{
    private const long State = 1;
    private const long Move = 2;
    private const long Rejected = 3;

    private readonly GameTestHost _host = GameTestHost.Start<TicTacToeGame>();
    private readonly TestSession _anna = new("anna");
    private readonly TestSession _ben = new("ben");
    private TestMatch _match = null!;

    public async Task InitializeAsync()
    {
        _match = _host.FindMatch((await _host.MatchedAsync(EntryOf(_anna), EntryOf(_ben)))!)!;
        Assert.True((await _match.JoinAsync(_anna)).IsAccepted);
        Assert.True((await _match.JoinAsync(_ben)).IsAccepted);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Three_in_a_row_win()
    {
        foreach (var (player, cell) in new[] { (_anna, 0), (_ben, 3), (_anna, 1), (_ben, 4), (_anna, 2) }) await PlayAsync(player, cell);

        Assert.Equal(1, (int)Seen(_ben)["winner"]!);
        Assert.Equal("[1,1,1,2,2,0,0,0,0]", Seen(_ben)["board"]!.ToJsonString());
        Assert.Contains("\"over\":true", _match.Label, StringComparison.Ordinal);
        Assert.Null(_match.Failure);
    }

    [Theory]
    [InlineData("""{"cell":9}""")]
    [InlineData("""{"cell":-1}""")]
    [InlineData("""{"cell":1.5}""")]
    [InlineData("{}")]
    [InlineData("first")]
    [InlineData("")]
    public async Task A_move_that_is_none_is_rejected_to_its_player_alone(string data)
    {
        var before = _ben.Received.Count;
        _match.Send(_anna, Move, data);
        await _match.TickAsync();

        Assert.Equal(Rejected, _anna.Received[^1].OpCode);
        Assert.Equal(before, _ben.Received.Count);
    }

    [Fact]
    public async Task A_taken_cell_and_a_move_out_of_turn_are_rejected()
    {
        await PlayAsync(_ben, 0);
        Assert.Equal("""{"reason":"it is not your turn"}""", _ben.Received[^1].Text);

        await PlayAsync(_anna, 4);
        await PlayAsync(_ben, 4);
        Assert.Equal("""{"reason":"that cell is taken"}""", _ben.Received[^1].Text);
    }

    [Fact]
    public async Task A_player_who_was_disconnected_goes_on()
    {
        await PlayAsync(_anna, 4);
        await _match.LeaveAsync(_ben);
        Assert.False((bool)Seen(_anna)["players"]![1]!["connected"]!);
        var again = new TestSession("ben") { UserId = _ben.UserId };

        Assert.True((await _match.JoinAsync(again)).IsAccepted);
        await PlayAsync(again, 0);

        Assert.Equal(2, (int)Seen(_anna)["board"]![0]!);
    }

    [Fact]
    public async Task Who_is_away_for_half_a_minute_loses()
    {
        await _match.LeaveAsync(_ben);
        await _match.TickAsync(160);

        Assert.Equal(1, (int)Seen(_anna)["winner"]!);
    }

    [Fact]
    public async Task A_third_player_is_refused() =>
        Assert.Equal((false, "this game has its two players"), await _match.JoinAsync(new TestSession("carl")));

    [Fact]
    public async Task Ten_ticks_pass_without_waiting()
    {
        var before = _host.Clock.GetUtcNow();

        await _match.TickAsync(10);

        Assert.Equal(10, _match.Tick);
        Assert.Equal(TimeSpan.FromSeconds(2), _host.Clock.GetUtcNow() - before);
    }

    private static MatchmakerEntry EntryOf(TestSession session) => new()
    {
        UserId = session.UserId,
        SessionId = session.SessionId,
        Username = session.Username,
        Node = GameTestHost.NodeName,
        Ticket = session.Username,
        StringProperties = new Dictionary<string, string>(),
        NumericProperties = new Dictionary<string, double>(),
    };

    private static JsonNode Seen(TestSession session) => JsonNode.Parse(session.Received.Last(static message => message.OpCode == State).Text)!;

    private async Task PlayAsync(TestSession player, int cell)
    {
        _match.Send(player, Move, $$"""{"cell":{{cell}}}""");
        await _match.TickAsync();
    }
}
