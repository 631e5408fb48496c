using Microsoft.Extensions.Logging.Abstractions;
using Nakama.Server.Cluster;
using Nakama.Server.Sessions;
using Nakama.Tests.Realtime;

namespace Nakama.Tests.Sessions;

public sealed class QueuesAndWheels
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(64)]
    public void A_queue_keeps_the_order_and_never_exceeds_its_bound(int capacity)
    {
        var queue = new FrameQueue(capacity);
        var expected = new Queue<byte[]>();
        var random = new Random(capacity);
        var room = new byte[]?[5];

        for (var i = 0; i < 5000; i++)
        {
            if (random.Next(3) > 0)
            {
                byte[] frame = [(byte)i];
                var fits = expected.Count < capacity;
                Assert.Equal(fits, queue.TryEnqueue(frame));
                if (fits) expected.Enqueue(frame);
            }
            else
            {
                var taken = queue.Dequeue(room.AsSpan(0, random.Next(5)));
                for (var k = 0; k < taken; k++) Assert.Same(expected.Dequeue(), room[k]);
            }
            Assert.Equal(expected.Count, queue.Count);
        }
    }

    [Fact]
    public void Deadlines_are_met_never_early_and_at_most_a_step_late()
    {
        var clock = new ManualClock();
        using var wheel = new SessionTimerWheel(clock, NullLogger<SessionTimerWheel>.Instance);
        var random = new Random(5);
        var targets = Enumerable.Range(0, 500).Select(_ => new Target(random.Next(1, 200_000))).ToArray();
        foreach (var target in targets) wheel.Set(new WheelTimer(target), target.DueMs);

        clock.Advance(TimeSpan.FromMilliseconds(200_100));

        Assert.All(targets, target => Assert.InRange(target.RanAtMs - target.DueMs, 0, 100));
        Assert.Equal(0, wheel.Count);
    }

    [Fact]
    public void A_moved_deadline_runs_once_and_a_cleared_one_never()
    {
        var clock = new ManualClock();
        using var wheel = new SessionTimerWheel(clock, NullLogger<SessionTimerWheel>.Instance);
        var (moved, cleared) = (new Target(5000), new Target(1000));
        var (movedTimer, clearedTimer) = (new WheelTimer(moved), new WheelTimer(cleared));
        wheel.Set(movedTimer, 1000);
        wheel.Set(clearedTimer, 1000);

        wheel.Set(movedTimer, 5000);
        wheel.Clear(clearedTimer);
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal((1, 0), (moved.RunCount, cleared.RunCount));
    }

    [Fact]
    public void A_wheel_that_stood_still_turns_again()
    {
        var clock = new ManualClock();
        using var wheel = new SessionTimerWheel(clock, NullLogger<SessionTimerWheel>.Instance);
        clock.Advance(TimeSpan.FromHours(1));
        var target = new Target(wheel.NowMs + 300);

        wheel.Set(new WheelTimer(target), target.DueMs);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.InRange(target.RanAtMs - target.DueMs, 0, 100);
    }

    [Fact]
    public void Session_ids_are_never_the_same_even_when_the_clock_stands_still()
    {
        var ids = new SessionIds(new LocalNode("n1"), new ManualClock());
        var made = new System.Collections.Concurrent.ConcurrentDictionary<Guid, bool>();

        Parallel.For(0, 10_000, _ => Assert.True(made.TryAdd(ids.Next(), true)));
    }

    [Fact]
    public async Task Lanes_run_each_source_for_each_time_it_is_scheduled()
    {
        var lanes = new SendScheduler(2);
        var sources = Enumerable.Range(0, 100).Select(_ => new Source(lanes.Assign())).ToArray();

        Parallel.ForEach(sources, source =>
        {
            for (var i = 0; i < 1000; i++) source.Send();
        });

        await SocketNode.UntilAsync(() => sources.All(source => source.IsDone));
    }

    private sealed class Target(long dueMs) : ITimerWheelTarget
    {
        public long DueMs => dueMs;

        public long RanAtMs { get; private set; }

        public int RunCount { get; private set; }

        public void OnDue(long nowMs)
        {
            RanAtMs = nowMs;
            RunCount++;
        }
    }

    private sealed class Source(SendScheduler.Lane lane) : ISendSource
    {
        private readonly Lock _gate = new();
        private int _waiting;
        private int _sent;
        private bool _isSending;

        public bool IsDone => Volatile.Read(ref _sent) == 1000;

        public void Send()
        {
            lock (_gate)
            {
                _waiting++;
                if (_isSending) return;
                _isSending = true;
            }
            lane.Schedule(this);
        }

        public void Flush(SendScratch scratch)
        {
            lock (_gate)
            {
                _sent += _waiting;
                _waiting = 0;
                _isSending = false;
            }
        }
    }
}
