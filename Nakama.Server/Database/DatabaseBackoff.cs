namespace Nakama.Server.Database;

/// <summary>
/// How often work that lost a conflict runs again, and how long it stands back before: the second attempt comes at once,
/// later ones after a random time that doubles, so that many who want the same row part.
/// </summary>
internal static class DatabaseBackoff
{
    public const int MaxAttempts = 20;

    private const int FirstMs = 4;
    private const int LongestMs = 128;

    /// <summary>Waits before an attempt; at once before the first and the second.</summary>
    /// <param name="attempt">Counted from 1.</param>
    public static Task BeforeAsync(int attempt, CancellationToken cancellationToken)
    {
        if (attempt <= 2) return Task.CompletedTask;
        var longest = Math.Min(FirstMs << Math.Min(attempt - 3, 10), LongestMs);
        // The other side of the conflict runs in real time, whatever clock the node has.
        return Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, longest + 1)), TimeProvider.System, cancellationToken);
    }
}
