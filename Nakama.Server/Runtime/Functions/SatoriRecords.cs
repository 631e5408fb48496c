using System.Globalization;
using System.Text.Json;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Converts what Satori answers to its form for modules.</summary>
internal static class SatoriRecords
{
    private static readonly Dictionary<string, string> NoProperties = [];

    public static ScriptValue Properties(JsonElement properties) => ScriptValue.Of(new ScriptRecord(3)
        .Add("default", MapOf(properties, "default")).Add("custom", MapOf(properties, "custom")).Add("computed", MapOf(properties, "computed")));

    public static ScriptRecord Experiment(JsonElement item) => new ScriptRecord(2).Add("name", TextOf(item, "name")).Add("value", TextOf(item, "value"));

    public static ScriptRecord Flag(JsonElement item)
    {
        var record = Experiment(item).Add("condition_changed", item.TryGetProperty("condition_changed", out var changed) && changed.ValueKind == JsonValueKind.True);
        if (item.TryGetProperty("change_reason", out var reason) && reason.ValueKind == JsonValueKind.Object)
            record.Add("change_reason", new ScriptRecord(3).Add("name", TextOf(reason, "name")).Add("variant_name", TextOf(reason, "variant_name")).Add("type", NumberOf(reason, "type")));
        return record;
    }

    public static ScriptRecord FlagOverrides(JsonElement item) => new ScriptRecord(2).Add("flag_name", TextOf(item, "flag_name")).Add("overrides", List(item, "overrides", static entry => new ScriptRecord(5)
        .Add("name", TextOf(entry, "name")).Add("type", NumberOf(entry, "type")).Add("variant_name", TextOf(entry, "variant_name"))
        .Add("value", TextOf(entry, "value")).Add("create_time_sec", NumberOf(entry, "create_time_sec"))));

    public static ScriptRecord LiveEvent(JsonElement item, ScriptLanguage language) => new ScriptRecord(11)
        .Add("name", TextOf(item, "name")).Add("value", TextOf(item, "value")).Add("description", TextOf(item, "description"))
        .Add("active_start_time", NumberOf(item, "active_start_time_sec"))
        // Lua modules have always got the end under this name.
        .Add(language == ScriptLanguage.Lua ? "active_time_end" : "active_end_time", NumberOf(item, "active_end_time_sec"))
        .Add("id", TextOf(item, "id")).Add("start_time", NumberOf(item, "start_time_sec")).Add("end_time", NumberOf(item, "end_time_sec"))
        .Add("duration", NumberOf(item, "duration_sec")).Add("reset_cron", TextOf(item, "reset_cron")).Add("status", NumberOf(item, "status"));

    public static ScriptRecord Message(JsonElement item) => new ScriptRecord(12)
        .Add("schedule_id", TextOf(item, "schedule_id")).Add("send_time", NumberOf(item, "send_time")).Add("metadata", MapOf(item, "metadata"))
        .Add("create_time", NumberOf(item, "create_time")).Add("update_time", NumberOf(item, "update_time")).Add("read_time", NumberOf(item, "read_time"))
        .Add("consume_time", NumberOf(item, "consume_time")).Add("text", TextOf(item, "text")).Add("id", TextOf(item, "id"))
        .Add("title", TextOf(item, "title")).Add("image_url", TextOf(item, "image_url"));

    /// <summary>The objects of a list of the answer; entries of another kind are left out.</summary>
    public static ScriptValue List(JsonElement answer, string name, Func<JsonElement, ScriptRecord> show)
    {
        var rows = new List<ScriptValue>();
        if (answer.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in list.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.Object) rows.Add(ScriptValue.Of(show(item)));
            }
        }

        return ScriptValue.Of(rows);
    }

    public static string TextOf(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>A number; those of 64 bits arrive as text.</summary>
    private static double NumberOf(JsonElement item, string name)
    {
        if (!item.TryGetProperty(name, out var value)) return 0;
        if (value.ValueKind == JsonValueKind.Number) return value.GetDouble();
        return value.ValueKind == JsonValueKind.String && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    private static ScriptValue MapOf(JsonElement item, string name) =>
        ScriptValue.Of((IReadOnlyDictionary<string, string>)(item.TryGetProperty(name, out var map) && map.ValueKind == JsonValueKind.Object
            ? map.EnumerateObject().Where(static entry => entry.Value.ValueKind == JsonValueKind.String)
                .DistinctBy(static entry => entry.Name).ToDictionary(static entry => entry.Name, static entry => entry.Value.GetString()!, StringComparer.Ordinal)
            : NoProperties));
}
