using System.Text.Json.Nodes;

namespace Nakama.Console.Playground;

/// <summary>The ids that clients have seen last.</summary>
public sealed class KnownValues
{
    private readonly Dictionary<KnownValue, string> _values = [];

    /// <summary>Empty when none is known.</summary>
    public string this[KnownValue kind]
    {
        get
        {
            lock (_values) return _values.GetValueOrDefault(kind, "");
        }
    }

    /// <summary>Reads the ids in a received envelope.</summary>
    public void Learn(JsonObject envelope)
    {
        Learn(KnownValue.Match, envelope, "match", "match_id");
        Learn(KnownValue.Channel, envelope, "channel", "id");
        Learn(KnownValue.Party, envelope, "party", "party_id");
        Learn(KnownValue.Ticket, envelope, "matchmaker_ticket", "ticket");
        if (envelope["matchmaker_matched"] is not JsonObject) return;
        lock (_values)
        {
            // What was found replaces what was played before.
            _values.Remove(KnownValue.Match);
            _values.Remove(KnownValue.MatchToken);
            _values.Remove(KnownValue.Ticket);
        }

        Learn(KnownValue.Match, envelope, "matchmaker_matched", "match_id");
        Learn(KnownValue.MatchToken, envelope, "matchmaker_matched", "token");
    }

    private void Learn(KnownValue kind, JsonObject envelope, string message, string member)
    {
        if ((envelope[message] as JsonObject)?[member] is not JsonValue value || !value.TryGetValue<string>(out var text) || text.Length == 0) return;
        lock (_values)
        {
            _values[kind] = text;
            if (kind == KnownValue.Match && message == "match") _values.Remove(KnownValue.MatchToken);
        }
    }
}
