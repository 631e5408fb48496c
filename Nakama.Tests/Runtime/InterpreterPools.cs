using Nakama.Server.Errors;
using Nakama.Server.Metrics;
using Nakama.Server.Runtime;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

/// <summary>Who gets an interpreter, and when.</summary>
public sealed class InterpreterPools
{
    private readonly TestTimeProvider _time = new();

    [Fact]
    public async Task Those_who_wait_get_one_in_the_order_in_which_they_came()
    {
        var pool = Pool(max: 1, waiting: 10);
        var only = await pool.RentAsync(default);
        var (first, second) = (pool.RentAsync(default).AsTask(), pool.RentAsync(default).AsTask());

        pool.Return(only);
        Assert.Same(only, await first);
        Assert.False(second.IsCompleted);

        pool.Return(only);
        Assert.Same(only, await second);
        Assert.Equal((1, 0), (pool.Count, pool.WaitingCount));
    }

    [Fact]
    public async Task The_wait_ends_with_an_error_when_it_lasts_too_long()
    {
        var pool = Pool(max: 1, waiting: 10);
        var only = await pool.RentAsync(default);
        var late = pool.RentAsync(default).AsTask();

        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(late.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        var error = await Assert.ThrowsAsync<ApiException>(() => late);
        Assert.Equal((StatusCode.Unavailable, "All Lua interpreters are busy. Try again later."), (error.Status, error.Message));
        Assert.Equal(0, pool.WaitingCount);
        pool.Return(only);
        Assert.Same(only, await pool.RentAsync(default));
    }

    [Fact]
    public async Task One_more_than_may_wait_is_refused()
    {
        var pool = Pool(max: 1, waiting: 2);
        var only = await pool.RentAsync(default);
        var (first, second) = (pool.RentAsync(default).AsTask(), pool.RentAsync(default).AsTask());

        var error = await Assert.ThrowsAsync<ApiException>(async () => await pool.RentAsync(default));

        Assert.Equal((StatusCode.Unavailable, "Too many calls wait for a Lua interpreter. Try again later."), (error.Status, error.Message));
        pool.Return(only);
        await first;
        pool.Return(only);
        await second;
    }

    [Fact]
    public async Task Who_gives_up_makes_room_for_the_next()
    {
        var pool = Pool(max: 1, waiting: 1);
        var only = await pool.RentAsync(default);
        using var giveUp = new CancellationTokenSource();
        var first = pool.RentAsync(giveUp.Token).AsTask();

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var second = pool.RentAsync(default).AsTask();

        pool.Return(only);
        Assert.Same(only, await second);
    }

    [Fact]
    public async Task One_that_cannot_be_made_leaves_its_place_to_the_next()
    {
        var fails = true;
        var pool = new InterpreterPool<object>(
            ScriptLanguage.Lua, _ => fails ? throw new InvalidOperationException("no memory") : new(new object()), 1, new RuntimeOptions(), Metrics(), _time);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await pool.RentAsync(default));
        fails = false;

        Assert.NotNull(await pool.RentAsync(default));
    }

    [Fact]
    public async Task What_outlives_its_function_finds_no_interpreter()
    {
        var (pool, interpreter, left) = (new object(), new object(), new TaskCompletionSource());
        var held = HeldInterpreter.Enter(pool, interpreter);
        var stray = Task.Run(async () =>
        {
            await left.Task;
            return await HeldInterpreter.TryUseAsync(pool, default);
        });
        held.Leave();
        held.Open();

        await held.CloseAsync();
        left.SetResult();

        Assert.Null(await stray);
        Assert.Null(await HeldInterpreter.TryUseAsync(pool, default));
    }

    [Fact]
    public async Task Callbacks_of_one_function_take_turns_and_the_script_waits_for_them()
    {
        var (pool, interpreter) = (new object(), new object());
        var held = HeldInterpreter.Enter(pool, interpreter);
        var first = HeldInterpreter.TryUseAsync(pool, default).AsTask();
        Assert.False(first.IsCompleted);
        held.Open();
        Assert.Same(interpreter, (await first)!.Interpreter);
        var second = HeldInterpreter.TryUseAsync(pool, default).AsTask();
        Assert.Null(await HeldInterpreter.TryUseAsync(new object(), default));
        held.Leave();

        var closing = held.CloseAsync().AsTask();
        Assert.False(second.IsCompleted || closing.IsCompleted);
        held.EndUse();

        // Whichever comes first: the next callback, or the end of the function.
        (await second)?.EndUse();
        await closing;
    }

    private InterpreterPool<object> Pool(int max, int waiting) => new(
        ScriptLanguage.Lua, static _ => new(new object()), max, new RuntimeOptions { CallQueueSize = waiting }, Metrics(), _time);

    private static ServerMetrics Metrics() => new(new MetricRegistry(new MetricsOptions()));
}
