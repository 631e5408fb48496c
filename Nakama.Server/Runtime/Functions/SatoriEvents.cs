using System.Text.Json.Nodes;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Reads events for Satori from the arguments of modules.</summary>
internal static class SatoriEvents
{
    private const long MaxSeconds = 253402300799;

    /// <summary>The body of a request that publishes the events.</summary>
    /// <param name="call">The call.</param>
    /// <param name="parameter">The list of events.</param>
    /// <param name="isOfServer">Whether the events name their identities and sessions.</param>
    public static JsonObject Read(FunctionCall call, int parameter, bool isOfServer) => new()
    {
        ["events"] = new JsonArray([.. call.Rows(parameter, "expects events to be a list of objects").ConvertAll(row => (JsonNode)Read(call, parameter, row, isOfServer))]),
    };

    private static JsonObject Read(FunctionCall call, int parameter, TableFields row, bool isOfServer)
    {
        var item = new JsonObject { ["name"] = row.Text("name") };
        Add("id");
        Add("value");
        if (row.Table.Field("metadata") is { Kind: ScriptValueKind.Table } metadata)
        {
            item["metadata"] = new JsonObject(metadata.AsTable().Entries().Select(entry => KeyValuePair.Create(
                entry.Name ?? throw call.Refuse(parameter, "expects metadata keys to be strings"),
                (JsonNode?)(entry.Value.Kind == ScriptValueKind.Text ? JsonValue.Create(entry.Value.AsText()) : throw call.Refuse(parameter, "expects metadata values to be strings")))));
        }

        if (row.WholeOr("timestamp", 0) is > 0 and <= MaxSeconds and var seconds) item["timestamp"] = DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        if (!isOfServer) return item;
        Add("identity_id");
        Add("session_id");
        AddTime("session_issued_at");
        AddTime("session_expires_at");
        return item;

        void Add(string name)
        {
            if (row.AnyTextOrNull(name) is { Length: > 0 } text) item[name] = text;
        }

        void AddTime(string name)
        {
            if (row.WholeOr(name, 0) is > 0 and var time) item[name] = time.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
