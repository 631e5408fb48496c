namespace Nakama.GameLogic.Matches;

/// <summary>The match refuses an operation of its handler.</summary>
public sealed class MatchOperationException(string message, Exception? cause = null) : Exception(message, cause);
