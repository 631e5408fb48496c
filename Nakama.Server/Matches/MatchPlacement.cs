using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;

namespace Nakama.Server.Matches;

/// <summary>
/// Chooses the node on which a new match lives: this one, unless another has clearly less to do with matches or this one is stopping.
/// </summary>
internal sealed class MatchPlacement(MatchRegistry registry, MatchIndex index, NodeDrain drain, NodeDirectory nodes, MessageBus bus, MatchOptions options, TimeProvider time)
    : IBusFeature
{
    /// <summary>
    /// How much more than another node this one has to do before it places matches there, in ticks per second times presences, beside
    /// a quarter of that node's load: a match here spares a way between nodes.
    /// </summary>
    private const long Allowance = 400;

    /// <summary>The load that a match is assumed to become, until the loads are measured again.</summary>
    private const long AssumedLoad = 20;

    private const int MaxParameterBytes = 64 << 10;

    private static readonly TimeSpan MeasuredEvery = TimeSpan.FromMilliseconds(100);
    private static readonly BusQuestion<MatchCreation, MatchCreated> Create = new(110);
    private static readonly BusMessage<MatchDiscarded> Discard = new(111);

    private readonly Lock _gate = new();
    private Dictionary<string, long> _loads = new(StringComparer.Ordinal);
    private long? _measuredAt;

    /// <summary>Creates a match and returns its id.</summary>
    /// <inheritdoc cref="MatchRegistry.CreateAsync(string, Dictionary{string, object}, CancellationToken)"/>
    public ValueTask<string> CreateAsync(string handlerName, Dictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        if (!options.PlaceByLoad || bus.IsAlone) return registry.CreateAsync(handlerName, parameters, cancellationToken);
        var home = Choose();
        return home.IsLocal || MatchParameterCodec.Encode(parameters) is not { } encoded || encoded.CalculateSize() > MaxParameterBytes
            ? registry.CreateAsync(handlerName, parameters, cancellationToken)
            : CreateOnAsync(home, handlerName, encoded, parameters, cancellationToken);
    }

    void IBusFeature.Map(BusMap map)
    {
        map.Answer(Create, async (_, creation, cancellationToken) =>
        {
            try
            {
                await registry.CreateAsync(
                    IdBytes.Read(creation.MatchId), creation.HandlerName, MatchParameterCodec.Decode(creation.Parameters), cancellationToken);
                return new MatchCreated();
            }
            catch (MatchException e)
            {
                return new MatchCreated { Error = e.Message, IsOfNode = e.IsOfNode };
            }
        });
        map.On(Discard, (_, discarded) => registry.Find(IdBytes.Read(discarded.MatchId))?.Stop(disconnectsMembers: false));
    }

    private async ValueTask<string> CreateOnAsync(
        NodeId home, string handlerName, MatchParameterMap encoded, Dictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid();
        try
        {
            var request = new MatchCreation { MatchId = IdBytes.Of(id), HandlerName = handlerName, Parameters = encoded };
            var created = await bus.AskAsync(home, Create, request, cancellationToken);
            if (created.Error.Length == 0) return MatchStream.IdOf(MatchStream.Authoritative(id, nodes.NameOf(home)));
            if (!created.IsOfNode) throw new MatchException(created.Error);
        }
        catch (Exception e) when (e is BusException or OperationCanceledException)
        {
            // It may have begun, or begin yet.
            bus.Tell(home, Discard, new MatchDiscarded { MatchId = IdBytes.Of(id) });
            cancellationToken.ThrowIfCancellationRequested();
        }

        // The other node stops, is lost, or has other modules; what this one says about the match counts.
        return await registry.CreateAsync(handlerName, parameters, cancellationToken);
    }

    private NodeId Choose()
    {
        lock (_gate)
        {
            Measure();
            var (home, lowest) = (NodeId.Local, long.MaxValue);
            foreach (var other in bus.Others)
            {
                if (drain.IsDraining(other)) continue;
                var load = _loads.GetValueOrDefault(nodes.NameOf(other));
                if (load < lowest) (home, lowest) = (other, load);
            }

            if (home.IsLocal) return home;
            var own = _loads.GetValueOrDefault(nodes.LocalName);
            if (!drain.IsDraining(NodeId.Local) && own <= lowest + (lowest / 4) + Allowance) home = NodeId.Local;
            var name = nodes.NameOf(home);
            _loads[name] = _loads.GetValueOrDefault(name) + AssumedLoad;
            return home;
        }
    }

    private void Measure()
    {
        if (_measuredAt is { } at && time.GetElapsedTime(at) < MeasuredEvery) return;
        _measuredAt = time.GetTimestamp();
        _loads = index.Loads();
    }
}
