using System.Diagnostics.Metrics;

namespace Nakama.Server.Cluster.Links;

/// <summary>The frames between nodes, in the meter of the bus.</summary>
internal sealed class LinkMetrics
{
    private readonly Counter<long> _frames;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _resets;
    private readonly Counter<long> _rejected;

    public LinkMetrics(BusMetrics bus)
    {
        _frames = bus.Meter.CreateCounter<long>("nakama.cluster.frames.sent", "{frame}", "Frames sent to other nodes.");
        _bytes = bus.Meter.CreateCounter<long>("nakama.cluster.frames.bytes", "By", "Bytes of the frames sent to other nodes.");
        _refused = bus.Meter.CreateCounter<long>("nakama.cluster.frames.refused", "{frame}", "Frames of other nodes that were not accepted, by reason.");
        _resets = bus.Meter.CreateCounter<long>("nakama.cluster.link.resets", "{reset}", "Connections to other nodes that were made again.");
        _rejected = bus.Meter.CreateCounter<long>("nakama.cluster.connections.rejected", "{connection}", "Connections to the port for nodes that were not accepted.");
    }

    public void FrameSent(int length)
    {
        _frames.Add(1);
        _bytes.Add(length);
    }

    public void FrameRefused(FrameError fault) => _refused.Add(1, new KeyValuePair<string, object?>("reason", fault.ToString()));

    public void LinkReset(string node) => _resets.Add(1, new KeyValuePair<string, object?>("node", node));

    public void Rejected() => _rejected.Add(1);
}
