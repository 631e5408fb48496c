namespace Nakama.Server.ConsoleApi.Live;

/// <summary>Something that has happened on this node.</summary>
/// <param name="Number">Grows with every event.</param>
/// <param name="Time">When.</param>
/// <param name="Kind">The kind: session, game, match, node, module, job or operator.</param>
/// <param name="Name">What has happened.</param>
/// <param name="UserId">The player or operator; empty when there is none.</param>
/// <param name="Subject">What it is about; empty when that is clear.</param>
/// <param name="Properties">Further facts.</param>
internal sealed record NodeEvent(
    long Number, DateTimeOffset Time, string Kind, string Name, string UserId, string Subject, IReadOnlyList<KeyValuePair<string, string>> Properties);

/// <summary>
/// The last events of this node, for operators. The oldest of each kind are forgotten, so that many of one kind displace no other.
/// </summary>
internal sealed class LiveEventFeed(TimeProvider time)
{
    /// <summary>The number of events of each kind that are kept.</summary>
    public const int MaxEvents = 500;

    private const int MaxTextLength = 256;
    private const int MaxProperties = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<NodeEvent>> _events = new(StringComparer.Ordinal);
    private long _number;

    /// <summary>The events that are kept, oldest first.</summary>
    public NodeEvent[] Snapshot()
    {
        lock (_gate) return [.. _events.Values.SelectMany(static kind => kind).OrderBy(static happened => happened.Number)];
    }

    public void Add(string kind, string name, string userId = "", string subject = "", IEnumerable<KeyValuePair<string, string>>? properties = null)
    {
        KeyValuePair<string, string>[] bounded = properties is null
            ? []
            : [.. properties.Take(MaxProperties).Select(static property => KeyValuePair.Create(Bound(property.Key), Bound(property.Value)))];
        lock (_gate)
        {
            if (!_events.TryGetValue(kind, out var events)) _events[kind] = events = new();
            events.Enqueue(new(++_number, time.GetUtcNow(), kind, Bound(name), userId, Bound(subject), bounded));
            if (events.Count > MaxEvents) events.Dequeue();
        }
    }

    private static string Bound(string text) => text.Length <= MaxTextLength ? text : text[..MaxTextLength];
}
