using Nakama.GameLogic.Testing;

namespace TicTacToe.Tests;

/// <summary>The rules, tested in memory on a clock that stands still between the ticks.</summary>
public sealed class PlayingTicTacToe : IAsyncLifetime
{
    private readonly GameTestHost _host = GameTestHost.Start<TicTacToeGame>();
    private readonly TestSession _anna = new("anna");
    private readonly TestSession _ben = new("ben");
    private TestMatch _match = null!;

    public async Task InitializeAsync()
    {
        _match = _host.FindMatch(await _host.RpcAsync("find_match", caller: _anna))!;
        Assert.True((await _match.JoinAsync(_anna)).IsAccepted);
        Assert.True((await _match.JoinAsync(_ben)).IsAccepted);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Three_in_a_row_win()
    {
        foreach (var (player, field) in new[] { (_anna, "0"), (_ben, "3"), (_anna, "1"), (_ben, "4"), (_anna, "2") })
        {
            _match.Send(player, TicTacToeMatch.MoveCode, field);
            await _match.TickAsync();
        }

        Assert.Equal("111220000 2 1", _ben.Received[^1].Text);
        Assert.True(_match.IsEnded);
        Assert.Null(_match.Failure);
    }

    [Theory]
    [InlineData("9")]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("first")]
    public async Task A_move_that_is_not_allowed_is_refused_to_its_player_alone(string field)
    {
        _match.Send(_anna, TicTacToeMatch.MoveCode, field);
        await _match.TickAsync();

        Assert.Equal(TicTacToeMatch.RefusedCode, _anna.Received[^1].OpCode);
        Assert.Equal("000000000 1 0", Assert.Single(_ben.Received).Text);
    }

    [Fact]
    public async Task A_player_who_was_disconnected_goes_on()
    {
        _match.Send(_anna, TicTacToeMatch.MoveCode, "4");
        await _match.TickAsync();
        await _match.LeaveAsync(_ben);
        var again = new TestSession("ben") { UserId = _ben.UserId };

        Assert.True((await _match.JoinAsync(again)).IsAccepted);
        _match.Send(again, TicTacToeMatch.MoveCode, "0");
        await _match.TickAsync();

        Assert.Equal("200010000 1 0", again.Received[^1].Text);
    }

    [Fact]
    public async Task A_third_player_is_refused() =>
        Assert.Equal((false, "The match is full."), await _match.JoinAsync(new TestSession("carl")));

    [Fact]
    public async Task Ten_ticks_pass_without_waiting()
    {
        var before = _host.Clock.GetUtcNow();

        await _match.TickAsync(10);

        Assert.Equal(10, _match.Tick);
        Assert.Equal(TimeSpan.FromSeconds(2), _host.Clock.GetUtcNow() - before);
    }

    [Fact]
    public async Task A_match_that_nobody_plays_ends_after_half_a_minute()
    {
        await _match.TickAsync(149);
        Assert.False(_match.IsEnded);

        await _match.TickAsync();

        Assert.True(_match.IsEnded);
    }

    [Fact]
    public async Task Players_of_the_matchmaker_get_a_match_of_their_own()
    {
        var id = await _host.MatchedAsync();

        Assert.NotNull(_host.FindMatch(id!));
        Assert.NotEqual(_match.MatchId, id);
    }
}
