using Nakama.Server.Scheduling;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Schedules in cron notation.</summary>
internal sealed class CronFunctions : IFunctionModule
{
    public string Name => "Schedules";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("cron_next", "The next time of a schedule after a time, both in UTC seconds; -62135596800 when there is none.")
            .Text("expression", new("expects cron string", "expects a valid cron string")).Whole("timestamp_sec").Returns("timestamp_sec")
            .Does(static call => Find(call, static (schedule, time) => schedule.Next(time)));
        functions.Function("cron_prev", "The last time of a schedule before a time, both in UTC seconds.")
            .Text("expression", new("expects cron string", "expects a valid cron string")).Whole("timestamp_sec").Returns("timestamp_sec")
            .Does(static call => Find(call, static (schedule, time) => schedule.Last(time)));
    }

    private static ScriptValue Find(FunctionCall call, Func<CronExpression, long, long> find)
    {
        // For compatibility, both errors refer to the first argument.
        if (call.Number(1) == 0 && call.Language == ScriptLanguage.Lua) throw call.Refuse(0, "expects timestamp in seconds");
        if (!CronExpression.TryParse(call.Text(0), out var schedule)) throw call.Refuse(0, "expects a valid cron string");
        return ScriptValue.Of((double)find(schedule, call.Whole(1)));
    }
}
