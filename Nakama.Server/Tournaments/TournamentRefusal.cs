using Nakama.Server.Errors;

namespace Nakama.Server.Tournaments;

/// <summary>Why a tournament does not take someone or something.</summary>
public enum TournamentRefusalReason
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
public sealed class TournamentRefusal(TournamentRefusalReason reason) : ApiError(StatusOf(reason), TextOf(reason))
{
    public TournamentRefusalReason Cause => reason;

    private static StatusCode StatusOf(TournamentRefusalReason reason) => reason switch
    {
        TournamentRefusalReason.NotFound or TournamentRefusalReason.Ended => StatusCode.NotFound,
        TournamentRefusalReason.Authoritative => StatusCode.PermissionDenied,
        _ => StatusCode.FailedPrecondition,
    };

    private static string TextOf(TournamentRefusalReason reason) => reason switch
    {
        TournamentRefusalReason.NotFound or TournamentRefusalReason.Ended => "tournament not found",
        TournamentRefusalReason.Authoritative => "tournament only allows authoritative submissions",
        TournamentRefusalReason.NotActive => "tournament outside of duration",
        TournamentRefusalReason.Full => "tournament max size reached",
        TournamentRefusalReason.NoAttemptLeft => "max number score count reached",
        _ => "required to join before writing tournament record",
    };
}
