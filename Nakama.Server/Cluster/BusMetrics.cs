using System.Diagnostics.Metrics;

namespace Nakama.Server.Cluster;

/// <summary>
/// The traffic of the bus by kind of message, and the queue length for each node: the meter <c>Nakama.Cluster</c>, at
/// <c>/metrics/runtime</c> and over OTLP.
/// </summary>
internal sealed class BusMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Nakama.Cluster";

    private readonly Counter<long> _told;
    private readonly Counter<long> _asked;
    private readonly Counter<long> _answered;
    private readonly Counter<long> _dropped;

    public BusMetrics()
    {
        Meter = new Meter(MeterName);
        _told = Meter.CreateCounter<long>("nakama.cluster.messages.told", "{message}", "Messages queued for another node, one for each node.");
        _asked = Meter.CreateCounter<long>("nakama.cluster.messages.asked", "{message}", "Questions queued for another node.");
        _answered = Meter.CreateCounter<long>("nakama.cluster.messages.answered", "{message}", "Answers queued for another node, failures included.");
        _dropped = Meter.CreateCounter<long>("nakama.cluster.messages.dropped", "{message}", "Messages that a full queue or a missing node has lost.");
    }

    public Meter Meter { get; }

    /// <summary>Registers the reader of the queue lengths, called whenever metrics are collected.</summary>
    /// <param name="read">The number of frames that wait for each of the other nodes, with the node as a tag.</param>
    public void Watch(Func<IEnumerable<Measurement<int>>> read) =>
        Meter.CreateObservableGauge("nakama.cluster.queue.length", read, "{frame}", "Frames that wait for another node.");

    /// <summary>A frame was queued, or was not.</summary>
    /// <param name="type">The type of the frame.</param>
    /// <param name="kind">The tag of its kind.</param>
    /// <param name="isSent">Whether it was queued.</param>
    public void Sent(BusFrameType type, in KeyValuePair<string, object?> kind, bool isSent)
    {
        var counter = type switch
        {
            _ when !isSent => _dropped,
            BusFrameType.Tell => _told,
            BusFrameType.Ask => _asked,
            _ => _answered,
        };
        counter.Add(1, kind);
    }

    public void Dispose() => Meter.Dispose();
}
