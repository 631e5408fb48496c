namespace Nakama.Server.Logging;

/// <summary>Counts the lines of one kind of message.</summary>
internal sealed class LogRate(LogRates rates)
{
    private readonly Lock _lock = new();
    private long _startedAt = rates.Timestamp;
    private int _written;
    private int _dropped;

    /// <summary>Whether one more line may be written.</summary>
    /// <param name="droppedBefore">How many lines were dropped in the period that has just ended.</param>
    public bool Admits(out int droppedBefore)
    {
        droppedBefore = 0;
        lock (_lock)
        {
            var now = rates.Timestamp;
            if (rates.IsOver(_startedAt, now))
            {
                (droppedBefore, _startedAt, _written, _dropped) = (_dropped, now, 0, 0);
            }

            if (_written < LogRates.MaxLines)
            {
                _written++;
                return true;
            }

            _dropped++;
        }

        rates.CountDropped();
        return false;
    }
}
