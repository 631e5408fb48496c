using Nakama.Server.Errors;
using Nakama.Server.Security;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Security;

public sealed class PasswordQueueTests
{
    private readonly TestTimeProvider _clock = new();
    private readonly PasswordQueue _queue;

    public PasswordQueueTests() => _queue = new(slots: 1, new PasswordLimits(), _clock);

    [Fact]
    public async Task A_long_line_from_one_address_delays_another_by_one_turn()
    {
        await EnterAsync("running");
        var many = Enumerable.Range(0, PasswordQueue.MaxPerAddress).Select(_ => EnterAsync("10.0.0.1")).ToList();
        var other = EnterAsync("10.0.0.2");

        _queue.Leave();
        await many[0];
        Assert.False(other.IsCompleted);
        _queue.Leave();
        await other;

        Assert.Equal(1, many.Count(static turn => turn.IsCompleted));
    }

    [Fact]
    public async Task Whoever_comes_last_is_served_when_nobody_else_waits()
    {
        await EnterAsync("running");
        var guessing = EnterAsync("10.0.0.1", comesLast: true);
        var honest = new[] { EnterAsync("10.0.0.2"), EnterAsync("10.0.0.2") };

        foreach (var turn in honest)
        {
            _queue.Leave();
            await turn;
            Assert.False(guessing.IsCompleted);
        }

        _queue.Leave();
        await guessing;
    }

    [Fact]
    public async Task A_full_line_refuses_its_own_address_only()
    {
        await EnterAsync("running");
        for (var i = 0; i < PasswordQueue.MaxPerAddress; i++) _ = EnterAsync("10.0.0.1");

        await RefusedAsync(EnterAsync("10.0.0.1"));

        Assert.False(EnterAsync("10.0.0.2").IsCompleted);
        Assert.Equal(PasswordQueue.MaxPerAddress + 1, _queue.Waiting);
    }

    [Fact]
    public async Task A_full_queue_makes_room_for_a_new_address_at_the_end_of_the_longest_line()
    {
        await EnterAsync("running");
        var waiting = new List<Task>();
        for (var i = 0; i < PasswordQueue.MaxWaiting; i++) waiting.Add(EnterAsync($"10.0.0.{i / PasswordQueue.MaxPerAddress}"));

        var newcomer = EnterAsync("10.1.0.1");

        Assert.False(newcomer.IsCompleted);
        Assert.Equal(PasswordQueue.MaxWaiting, _queue.Waiting);
        await RefusedAsync(await Task.WhenAny(waiting));
        _ = Assert.Single(waiting, static turn => turn.IsCompleted);
    }

    [Fact]
    public async Task A_full_queue_refuses_a_newcomer_with_as_many_waiting_as_the_others()
    {
        await EnterAsync("running");
        for (var i = 0; i < PasswordQueue.MaxWaiting; i++) _ = EnterAsync($"10.0.{i}.1");

        await RefusedAsync(EnterAsync("10.0.0.1"));
        await RefusedAsync(EnterAsync("10.1.0.1", comesLast: true));
        Assert.Equal(PasswordQueue.MaxWaiting, _queue.Waiting);
    }

    [Fact]
    public async Task Nobody_waits_longer_than_the_bound()
    {
        await EnterAsync("running");
        var turn = EnterAsync("10.0.0.1");

        _clock.Advance(new PasswordLimits().LongestWait);

        await RefusedAsync(turn);
        Assert.Equal(0, _queue.Waiting);
        _queue.Leave();
        await EnterAsync("10.0.0.1");
    }

    [Fact]
    public async Task A_client_that_goes_away_leaves_the_queue()
    {
        await EnterAsync("running");
        using var gone = new CancellationTokenSource();
        var turn = _queue.EnterAsync(new PasswordCaller("10.0.0.1"), gone.Token).AsTask();
        var next = EnterAsync("10.0.0.1");

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => turn);
        Assert.Equal(1, _queue.Waiting);
        _queue.Leave();
        await next;
    }

    private Task EnterAsync(string address, bool comesLast = false) =>
        _queue.EnterAsync(new PasswordCaller(address, comesLast), CancellationToken.None).AsTask();

    private static async Task RefusedAsync(Task turn) =>
        Assert.Equal(StatusCode.ResourceExhausted, (await Assert.ThrowsAsync<ApiException>(() => turn)).Status);
}
