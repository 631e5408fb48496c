namespace Nakama.Server.Api;

/// <summary>
/// The bound of answers, the same over every transport. Rows may hold more than a client could have written, as numbers in
/// jsonb are returned with all their digits, and game logic may return anything.
/// </summary>
public static class ApiAnswers
{
    /// <summary>A larger message becomes an error, with the status of an exhausted resource.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    public const string TooLargeText = "The answer is too large.";
}
