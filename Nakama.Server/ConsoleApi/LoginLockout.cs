using System.Collections.Concurrent;

namespace Nakama.Server.ConsoleApi;

/// <summary>
/// Counts failed console logins by name: five within a minute lock the name for a minute. It lives in the memory of this
/// node; names that only strangers typed are never noted, so it cannot grow beyond the console's users.
/// </summary>
public sealed partial class LoginLockout(TimeProvider time, ILogger<LoginLockout> log)
{
    private const int MaxFailures = 5;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LockTime = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, Entry> _names = new(StringComparer.Ordinal);

    /// <exception cref="Errors.ApiError">The name is locked.</exception>
    public void Check(string username)
    {
        if (!_names.TryGetValue(username, out var entry)) return;
        lock (entry)
        {
            if (entry.LockedUntil > time.GetUtcNow()) throw ConsoleErrors.TryAgainLater;
        }
    }

    public void Failed(string username, bool isRoot)
    {
        var now = time.GetUtcNow();
        var entry = _names.GetOrAdd(username, static _ => new Entry());
        lock (entry)
        {
            while (entry.Failures.TryPeek(out var oldest) && now - oldest >= Window) entry.Failures.Dequeue();
            entry.Failures.Enqueue(now);
            if (entry.Failures.Count < MaxFailures) return;

            entry.Failures.Clear();
            entry.LockedUntil = now + LockTime;
            if (isRoot) AdminLocked(log, entry.LockedUntil);
            else UserLocked(log, entry.LockedUntil);
        }
    }

    public void Succeeded(string username) => _names.TryRemove(username, out _);

    [LoggerMessage(Level = LogLevel.Information, Message = "Console admin account locked until {Until}.")]
    private static partial void AdminLocked(ILogger log, DateTimeOffset until);

    [LoggerMessage(Level = LogLevel.Information, Message = "Console user account locked until {Until}.")]
    private static partial void UserLocked(ILogger log, DateTimeOffset until);

    private sealed class Entry
    {
        public Queue<DateTimeOffset> Failures { get; } = new();

        public DateTimeOffset LockedUntil { get; set; }
    }
}
