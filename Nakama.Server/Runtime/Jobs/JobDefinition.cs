using Nakama.Server.Runtime.Functions;
using Nakama.Server.Scheduling;

namespace Nakama.Server.Runtime.Jobs;

/// <summary>A job that modules have registered.</summary>
/// <param name="Name">Its name in the cluster.</param>
/// <param name="Schedule">When it runs.</param>
public sealed record JobDefinition(string Name, CronExpression Schedule)
{
    private const int MaxNameLength = 128;
    private const int MaxScheduleLength = 256;

    /// <exception cref="FunctionException">The name or the schedule is not valid.</exception>
    public static JobDefinition Of(string name, string schedule)
    {
        if (name.Length is 0 or > MaxNameLength || name.Any(char.IsControl))
            throw new FunctionException($"expects job name of 1-{MaxNameLength} characters without control characters");
        if (schedule.Length > MaxScheduleLength) throw new FunctionException($"expects cron string of at most {MaxScheduleLength} characters");
        return CronExpression.TryParse(schedule, out var expression)
            ? new(name, expression)
            : throw new FunctionException("expects a valid cron string");
    }
}
