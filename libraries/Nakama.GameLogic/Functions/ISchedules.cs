namespace Nakama.GameLogic.Functions;

/// <summary>Schedules in cron notation.</summary>
public interface ISchedules
{
    /// <summary>The next time of a schedule after an instant; null when there is none.</summary>
    /// <param name="expression">The cron expression.</param>
    /// <param name="after">The instant.</param>
    /// <exception cref="NakamaException">The expression is not valid.</exception>
    [ServerFunction("cron_next")]
    DateTimeOffset? Next(string expression, DateTimeOffset after);

    /// <summary>The last time of a schedule before an instant; null when there is none.</summary>
    /// <param name="expression">The cron expression.</param>
    /// <param name="before">The instant.</param>
    /// <exception cref="NakamaException">The expression is not valid.</exception>
    [ServerFunction("cron_prev")]
    DateTimeOffset? Previous(string expression, DateTimeOffset before);
}
