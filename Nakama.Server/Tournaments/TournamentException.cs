using Nakama.Server.Errors;

namespace Nakama.Server.Tournaments;

/// <summary>Why a tournament does not take someone or something.</summary>
public enum TournamentErrorReason
{
    /// <summary>There is no such tournament, or it is a leaderboard.</summary>
    NotFound,

    /// <summary>It ended for good.</summary>
    Ended,

    /// <summary>Only the server may do this.</summary>
    Authoritative,

    /// <summary>No round is open.</summary>
    NotActive,

    /// <summary>No place is left.</summary>
    Full,

    /// <summary>The owner has submitted as many scores as allowed.</summary>
    NoAttemptLeft,

    /// <summary>The owner has not joined.</summary>
    NotJoined,
}

/// <summary>A tournament refuses; the text is the one for game logic, and clients get their own for each reason.</summary>
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
