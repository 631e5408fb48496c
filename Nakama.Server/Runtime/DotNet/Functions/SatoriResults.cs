using Nakama.GameLogic.Functions;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <summary>Converts results of the functions for Satori to the types for C# games.</summary>
internal static class SatoriResults
{
    public static SatoriProperties Properties(in ScriptValue value)
    {
        var record = value.AsRecord();
        return new(MapOf(record["default"]), MapOf(record["custom"]), MapOf(record["computed"]));
    }

    public static IReadOnlyList<SatoriExperiment> Experiments(in ScriptValue value) =>
        RowsOf(value, static row => new SatoriExperiment(row["name"].AsText(), row["value"].AsText()));

    public static IReadOnlyList<SatoriFlag> Flags(in ScriptValue value) => RowsOf(value, static row => new SatoriFlag(
        row["name"].AsText(), row["value"].AsText(), row["condition_changed"].AsFlag(),
        row["change_reason"] is { IsNull: false } reason
            ? new(reason.AsRecord()["name"].AsText(), reason.AsRecord()["variant_name"].AsText(), (int)reason.AsRecord()["type"].AsNumber())
            : null));

    public static IReadOnlyList<SatoriFlagOverrides> FlagOverrides(in ScriptValue value) => RowsOf(value, static row => new SatoriFlagOverrides(
        row["flag_name"].AsText(),
        RowsOf(row["overrides"], static entry => new SatoriFlagOverride(
            entry["name"].AsText(), (int)entry["type"].AsNumber(), entry["variant_name"].AsText(), entry["value"].AsText(), TimeOf(entry["create_time_sec"])))));

    public static SatoriLiveEvents LiveEvents(in ScriptValue value) =>
        new(RowsOf(value.AsRecord()["live_events"], LiveEvent), RowsOf(value.AsRecord()["explicit_join_live_events"], LiveEvent));

    public static SatoriMessagePage Messages(in ScriptValue value)
    {
        var results = value.AsResults();
        return new(RowsOf(results[0], Message), CursorOf(results[1]), CursorOf(results[2]));
    }

    private static SatoriLiveEvent LiveEvent(ScriptRecord row) => new(
        row["id"].AsText(), row["name"].AsText(), row["value"].AsText(), row["description"].AsText(), TimeOf(row["active_start_time"]), TimeOf(row["active_end_time"]),
        TimeOf(row["start_time"]), TimeOf(row["end_time"]), TimeSpan.FromSeconds(row["duration"].AsNumber()), row["reset_cron"].AsText(), (int)row["status"].AsNumber());

    private static SatoriMessage Message(ScriptRecord row) => new(
        row["id"].AsText(), row["schedule_id"].AsText(), row["title"].AsText(), row["text"].AsText(), row["image_url"].AsText(), MapOf(row["metadata"]),
        TimeOf(row["send_time"]), TimeOf(row["create_time"]), TimeOf(row["update_time"]), TimeOf(row["read_time"]), TimeOf(row["consume_time"]));

    private static List<T> RowsOf<T>(in ScriptValue value, Func<ScriptRecord, T> convert) => value.AsList().ConvertAll(row => convert(row.AsRecord()));

    private static IReadOnlyDictionary<string, string> MapOf(in ScriptValue value) => value.AsMap();

    /// <summary>Seconds since the epoch, as far as dates reach.</summary>
    private static DateTimeOffset TimeOf(in ScriptValue value) =>
        DateTimeOffset.FromUnixTimeSeconds((long)Math.Clamp(value.AsNumber(), DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds()));

    private static string? CursorOf(in ScriptValue value) => value.IsNull || value.AsText().Length == 0 ? null : value.AsText();
}
