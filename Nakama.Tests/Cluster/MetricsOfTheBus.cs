using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;
using Nakama.Tests.Realtime;

namespace Nakama.Tests.Cluster;

/// <summary>The metrics of the messages between nodes.</summary>
public sealed class MetricsOfTheBus
{
    private static readonly BusMessage<PresenceSync> Word = new(9101);
    private static readonly BusQuestion<PresenceSync, PresenceSynced> Question = new(9102);

    [Fact]
    public async Task What_is_told_asked_and_answered_is_counted_by_its_kind()
    {
        using var nodes = new TwoNodes();
        var one = await nodes.StartAsync("one", services => services.AddSingleton<IBusFeature, Answerer>());
        var two = await nodes.StartAsync("two", services => services.AddSingleton<IBusFeature, Answerer>());
        using var counts = new Counts(one, two);
        var other = one.Get<NodeDirectory>().Register("two");

        one.Bus.Tell(other, Word, new PresenceSync());
        one.Bus.Broadcast(Word, new PresenceSync());
        await one.Bus.AskAsync(other, Question, new PresenceSync { Id = 1 }, CancellationToken.None);

        Assert.Equal(2, counts.Of(one, "told", "PresenceSync.Word"));
        Assert.Equal(1, counts.Of(one, "asked", "PresenceSync.Question"));
        // A response may arrive before it is counted.
        await SocketNode.UntilAsync(() => counts.Of(two, "answered", "PresenceSync.Question") == 1);
        Assert.Equal(0, counts.Of(one, "dropped", "PresenceSync.Word"));
    }

    [Fact]
    public async Task What_a_full_queue_loses_is_counted_and_its_length_can_be_read()
    {
        const int Capacity = 64;
        using var nodes = new TwoNodes(Capacity);
        using var answerer = new Answerer();
        var one = await nodes.StartAsync("one");
        await nodes.StartAsync("two", services => services.AddSingleton<IBusFeature>(answerer));
        using var counts = new Counts(one);
        var other = one.Get<NodeDirectory>().Register("two");

        answerer.Hold();
        one.Bus.Tell(other, Word, new PresenceSync());
        await answerer.Held.WaitAsync(TimeSpan.FromSeconds(60));
        var taken = 0;
        while (one.Bus.Tell(other, Word, new PresenceSync())) taken++;

        Assert.Equal(Capacity, taken);
        Assert.Equal(1, counts.Of(one, "dropped", "PresenceSync.Word"));
        Assert.Equal(Capacity, counts.QueueLength("two"));
        answerer.LetGo();
    }

    /// <summary>Responds, and blocks the link of this node until it is released.</summary>
    private sealed class Answerer : IBusFeature, IDisposable
    {
        private readonly TaskCompletionSource _isHeld = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _isFree = new(initialState: true);

        public Task Held => _isHeld.Task;

        public void Hold() => _isFree.Reset();

        public void LetGo() => _isFree.Set();

        public void Map(BusMap map)
        {
            map.On(Word, (_, _) =>
            {
                if (_isFree.IsSet) return;
                _isHeld.TrySetResult();
                _isFree.Wait();
            });
            map.Answer(Question, static (_, ask, _) => new ValueTask<PresenceSynced>(new PresenceSynced { Id = ask.Id }));
        }

        public void Dispose()
        {
            LetGo();
            _isFree.Dispose();
        }
    }

    /// <summary>Listens to the meters of some nodes; nodes of other tests have meters of the same name.</summary>
    private sealed class Counts : IDisposable
    {
        private readonly ConcurrentDictionary<(Meter Meter, string Instrument, object? Tag), long> _counts = [];
        private readonly MeterListener _listener = new();

        public Counts(params TwoNodes.Node[] nodes)
        {
            var meters = nodes.Select(node => node.Get<BusMetrics>().Meter).ToHashSet();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (meters.Contains(instrument.Meter)) listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
                _counts.AddOrUpdate((instrument.Meter, instrument.Name, tags[0].Value), value, (_, sum) => sum + value));
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => _counts[(instrument.Meter, instrument.Name, tags[0].Value)] = value);
            _listener.Start();
        }

        public long Of(TwoNodes.Node node, string what, string kind) =>
            _counts.GetValueOrDefault((node.Get<BusMetrics>().Meter, $"nakama.cluster.messages.{what}", kind));

        public long QueueLength(string node)
        {
            _listener.RecordObservableInstruments();
            return _counts.Single(count => count.Key.Instrument == "nakama.cluster.queue.length" && Equals(count.Key.Tag, node)).Value;
        }

        public void Dispose() => _listener.Dispose();
    }
}
