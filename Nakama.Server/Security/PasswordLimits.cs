namespace Nakama.Server.Security;

/// <summary>The bounds of password checks.</summary>
public sealed record PasswordLimits
{
    /// <summary>How long a caller waits for its turn at most, or <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(10);
}
