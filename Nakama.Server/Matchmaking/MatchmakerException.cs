using Nakama.Server.Errors;

namespace Nakama.Server.Matchmaking;

/// <summary>Why a ticket was not taken; the message is the reason that parties and game logic are told.</summary>
public sealed class MatchmakerException(string reason) : ApiException(StatusCode.FailedPrecondition, reason);
