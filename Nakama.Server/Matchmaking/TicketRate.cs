namespace Nakama.Server.Matchmaking;

/// <summary>
/// Limits the tickets that each session adds per second. It keeps sessions until they are removed. The caller must hold the
/// matchmaker's lock.
/// </summary>
/// <param name="maxPerSec">0 for no limit.</param>
/// <param name="time">The clock.</param>
internal sealed class TicketRate(int maxPerSec, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Guid, Window> _windows = [];

    /// <summary>Counts a ticket; false when the session has exceeded the limit.</summary>
    public bool Admits(Guid sessionId)
    {
        if (maxPerSec == 0) return true;
        var window = _windows.GetValueOrDefault(sessionId);
        if (window.Count == 0 || time.GetElapsedTime(window.StartedAt) >= Period) window = new Window(time.GetTimestamp(), 0);
        if (window.Count == maxPerSec) return false;
        _windows[sessionId] = window with { Count = window.Count + 1 };
        return true;
    }

    public void Forget(Guid sessionId) => _windows.Remove(sessionId);

    private readonly record struct Window(long StartedAt, int Count);
}
