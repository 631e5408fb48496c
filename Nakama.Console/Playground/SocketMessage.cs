using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nakama.Console.Playground;

/// <summary>What a field of a message is filled with at first.</summary>
public enum KnownValue
{
    None,
    Match,
    Channel,
    Party,
    Ticket,
    MatchToken,
}

/// <summary>One field of the form of a message.</summary>
/// <param name="Name">Unique in its message.</param>
/// <param name="Label">The label of the input.</param>
/// <param name="Initial">What it has at first, unless a value is known.</param>
/// <param name="Known">The value that a client may know already.</param>
/// <param name="IsJson">Whether it takes a JSON object.</param>
public sealed record MessageField(string Name, string Label, string Initial = "", KnownValue Known = KnownValue.None, bool IsJson = false);

/// <summary>A message that a client of the playground can send, as a form.</summary>
/// <param name="Name">The name of the message in the envelope.</param>
/// <param name="Label">What it does.</param>
/// <param name="Fields">The fields of its form.</param>
/// <param name="Build">Makes the body of the message from the values of the fields.</param>
public sealed record SocketMessage(string Name, string Label, IReadOnlyList<MessageField> Fields, Func<IReadOnlyDictionary<string, string>, JsonNode> Build)
{
    /// <summary>All messages, in the order of the choice.</summary>
    public static readonly IReadOnlyList<SocketMessage> All =
    [
        new("match_create", "Create a match", [new("name", "Name")], static values => Texts(values, "name")),
        new("match_join", "Join a match", [new("match_id", "Match id", Known: KnownValue.Match), new("token", "Or token of the matchmaker", Known: KnownValue.MatchToken)], Join),
        new("match_data_send", "Send data to a match",
            [new("match_id", "Match id", Known: KnownValue.Match), new("op_code", "Op code", "1"), new("data", "Data", "{}")],
            static values => new JsonObject { ["match_id"] = values["match_id"], ["op_code"] = Number(values["op_code"]).ToString(CultureInfo.InvariantCulture), ["data"] = Base64(values["data"]), ["reliable"] = true }),
        new("match_leave", "Leave a match", [new("match_id", "Match id", Known: KnownValue.Match)], static values => Texts(values, "match_id")),
        new("channel_join", "Join a chat channel", [new("target", "Room, user or group", "lobby"), new("type", "1 room, 2 direct, 3 group", "1")],
            static values => new JsonObject { ["target"] = values["target"], ["type"] = Number(values["type"]), ["persistence"] = true }),
        new("channel_message_send", "Say something", [new("channel_id", "Channel id", Known: KnownValue.Channel), new("text", "Text", "Hello")],
            static values => new JsonObject { ["channel_id"] = values["channel_id"], ["content"] = new JsonObject { ["text"] = values["text"] }.ToJsonString() }),
        new("channel_leave", "Leave a chat channel", [new("channel_id", "Channel id", Known: KnownValue.Channel)], static values => Texts(values, "channel_id")),
        new("matchmaker_add", "Add a ticket",
            [
                new("query", "Query", "*"), new("min_count", "Fewest players", "2"), new("max_count", "Most players", "2"),
                new("string_properties", "Text properties", "{}", IsJson: true), new("numeric_properties", "Numeric properties", "{}", IsJson: true),
            ],
            static values => new JsonObject
            {
                ["query"] = values["query"], ["min_count"] = Number(values["min_count"]), ["max_count"] = Number(values["max_count"]),
                ["string_properties"] = Object(values["string_properties"]), ["numeric_properties"] = Object(values["numeric_properties"]),
            }),
        new("matchmaker_remove", "Remove a ticket", [new("ticket", "Ticket", Known: KnownValue.Ticket)], static values => Texts(values, "ticket")),
        new("party_create", "Create a party", [new("max_size", "Most members", "4")],
            static values => new JsonObject { ["open"] = true, ["max_size"] = Number(values["max_size"]) }),
        new("party_join", "Join a party", [new("party_id", "Party id", Known: KnownValue.Party)], static values => Texts(values, "party_id")),
        new("party_data_send", "Send data to a party",
            [new("party_id", "Party id", Known: KnownValue.Party), new("op_code", "Op code", "1"), new("data", "Data", "{}")],
            static values => new JsonObject { ["party_id"] = values["party_id"], ["op_code"] = Number(values["op_code"]).ToString(CultureInfo.InvariantCulture), ["data"] = Base64(values["data"]) }),
        new("party_leave", "Leave a party", [new("party_id", "Party id", Known: KnownValue.Party)], static values => Texts(values, "party_id")),
        new("status_update", "Set the status", [new("status", "Status", "playing")], static values => Texts(values, "status")),
        new("status_follow", "Follow users", [new("user_id", "User id")], static values => new JsonObject { ["user_ids"] = new JsonArray(values["user_id"]) }),
        new("rpc", "Call a function", [new("id", "Function"), new("payload", "Payload")], static values => Texts(values, "id", "payload")),
        new("ping", "Ping", [], static _ => new JsonObject()),
    ];

    /// <summary>The whole envelope with a correlation id.</summary>
    /// <exception cref="FormatException">A field has not what the message needs.</exception>
    public JsonObject ToEnvelope(IReadOnlyDictionary<string, string> values, string cid) => new() { ["cid"] = cid, [Name] = Build(values) };

    private static JsonObject Join(IReadOnlyDictionary<string, string> values) => values["token"].Length > 0 ? Texts(values, "token") : Texts(values, "match_id");

    private static JsonObject Texts(IReadOnlyDictionary<string, string> values, params ReadOnlySpan<string> names)
    {
        var body = new JsonObject();
        foreach (var name in names)
            if (values[name].Length > 0) body[name] = values[name];
        return body;
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"“{text}” is not a number.");

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static JsonObject Object(string text)
    {
        if (text.Length == 0) return [];
        try
        {
            return JsonNode.Parse(text, documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject ?? throw new FormatException("Properties must be a JSON object.");
        }
        catch (JsonException)
        {
            throw new FormatException("Properties must be a JSON object.");
        }
    }
}
