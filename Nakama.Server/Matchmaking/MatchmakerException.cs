using Nakama.Server.Errors;

namespace Nakama.Server.Matchmaking;

/// <summary>A ticket was refused; the message is the reason as parties and game logic receive it.</summary>
public sealed class MatchmakerException(string reason) : ApiException(StatusCode.FailedPrecondition, reason);
