namespace Nakama.GameLogic.Functions;

/// <summary>
/// A function of the server refuses a call. Clients do not see the message unless the game sends it with a
/// <see cref="GameException"/>.
/// </summary>
/// <param name="function">The function.</param>
/// <param name="message">What failed and why.</param>
/// <param name="reason">Why it failed, one of <see cref="NakamaReasons"/> or a text of the function; null when the message has one part.</param>
/// <param name="cause">The exception of the server, if there is one.</param>
public sealed class NakamaException(string function, string message, string? reason = null, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The name under which the documentation lists the function for all languages.</summary>
    public string Function { get; } = function;

    /// <summary>Why it failed, one of <see cref="NakamaReasons"/> or a text of the function; null when the message has one part.</summary>
    public string? Reason { get; } = reason;
}
