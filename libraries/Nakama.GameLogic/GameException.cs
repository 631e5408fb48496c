namespace Nakama.GameLogic;

/// <summary>A game refuses a request deliberately: the client receives the code and the message, and nothing is logged.</summary>
public sealed class GameException : Exception
{
    public GameException(GameErrorCode code, string message)
        : base(message) => Code = code;

    public GameException(GameErrorCode code, string message, Exception cause)
        : base(message, cause) => Code = code;

    public GameErrorCode Code { get; }
}
