namespace Nakama.Server.Database;

/// <summary>
/// How often work that lost a conflict is retried, and the delay before each attempt: the second attempt follows immediately,
/// later ones after a random delay that doubles, so that requests competing for the same row spread out.
/// </summary>
internal static class DatabaseBackoff
{
    public const int MaxAttempts = 20;

    private const int FirstMs = 4;
    private const int LongestMs = 128;

    /// <summary>Waits before an attempt; returns immediately for the first and the second.</summary>
    /// <param name="attempt">Counted from 1.</param>
    public static Task BeforeAsync(int attempt, CancellationToken cancellationToken)
    {
        if (attempt <= 2) return Task.CompletedTask;
        var longest = Math.Min(FirstMs << Math.Min(attempt - 3, 10), LongestMs);
        // The other side of the conflict runs in real time, regardless of the node's clock.
        return Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, longest + 1)), TimeProvider.System, cancellationToken);
    }
}
