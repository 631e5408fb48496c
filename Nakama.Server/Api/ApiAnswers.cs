namespace Nakama.Server.Api;

/// <summary>
/// The size limit of answers, the same over every transport. Rows may hold more than a client could have written, since numbers
/// in jsonb are returned with all their digits, and game logic may return anything.
/// </summary>
public static class ApiAnswers
{
    /// <summary>A larger message is replaced by an error with the status RESOURCE_EXHAUSTED.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    public const string TooLargeText = "The answer is too large.";
}
