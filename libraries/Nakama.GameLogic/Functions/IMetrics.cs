namespace Nakama.GameLogic.Functions;

/// <summary>Metrics of the game, which are exported under <c>custom_&lt;name&gt;</c>.</summary>
public interface IMetrics
{
    /// <summary>Adds to a counter.</summary>
    /// <param name="name">The name of the counter.</param>
    /// <param name="delta">What to add.</param>
    /// <param name="tags">The labels; null for none.</param>
    /// <exception cref="NakamaException">The name belongs to a metric of another kind.</exception>
    [ServerFunction("metrics_counter_add")]
    void AddToCounter(string name, long delta, IReadOnlyDictionary<string, string>? tags = null);

    /// <summary>Sets a gauge.</summary>
    /// <param name="name">The name of the gauge.</param>
    /// <param name="value">The value.</param>
    /// <param name="tags">The labels; null for none.</param>
    /// <exception cref="NakamaException">The name belongs to a metric of another kind.</exception>
    [ServerFunction("metrics_gauge_set")]
    void SetGauge(string name, double value, IReadOnlyDictionary<string, string>? tags = null);

    /// <summary>Records a duration.</summary>
    /// <param name="name">The name of the timer.</param>
    /// <param name="duration">The duration.</param>
    /// <param name="tags">The labels; null for none.</param>
    /// <exception cref="NakamaException">The name belongs to a metric of another kind.</exception>
    [ServerFunction("metrics_timer_record")]
    void RecordTime(string name, TimeSpan duration, IReadOnlyDictionary<string, string>? tags = null);
}
