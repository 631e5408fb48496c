using Nakama.Server.Errors;

namespace Nakama.Server.Tournaments;

/// <summary>Why a tournament rejects a request.</summary>
public enum TournamentErrorReason
{
    /// <summary>There is no such tournament, or it is a leaderboard.</summary>
    NotFound,

    /// <summary>The tournament has ended.</summary>
    Ended,

    /// <summary>Only the server may do this.</summary>
    Authoritative,

    /// <summary>No round is open.</summary>
    NotActive,

    /// <summary>The tournament is full.</summary>
    Full,

    /// <summary>The owner has submitted as many scores as allowed.</summary>
    NoAttemptLeft,

    /// <summary>The owner has not joined.</summary>
    NotJoined,
}

/// <summary>A tournament rejects a request; the message is for game logic, clients get a separate one per reason.</summary>
public sealed class TournamentException(TournamentErrorReason reason) : ApiException(StatusOf(reason), TextOf(reason))
{
    public TournamentErrorReason Cause => reason;

    private static StatusCode StatusOf(TournamentErrorReason reason) => reason switch
    {
        TournamentErrorReason.NotFound or TournamentErrorReason.Ended => StatusCode.NotFound,
        TournamentErrorReason.Authoritative => StatusCode.PermissionDenied,
        _ => StatusCode.FailedPrecondition,
    };

    private static string TextOf(TournamentErrorReason reason) => reason switch
    {
        TournamentErrorReason.NotFound or TournamentErrorReason.Ended => "tournament not found",
        TournamentErrorReason.Authoritative => "tournament only allows authoritative submissions",
        TournamentErrorReason.NotActive => "tournament outside of duration",
        TournamentErrorReason.Full => "tournament max size reached",
        TournamentErrorReason.NoAttemptLeft => "max number score count reached",
        _ => "required to join before writing tournament record",
    };
}
