using Nakama.Protocol.Api;

namespace Nakama.Server.Leaderboards;

/// <summary>The names and numbers that modules and clients use for sort orders and operators.</summary>
public static class LeaderboardTerms
{
    public static bool TryParseSort(string text, out LeaderboardSort sort)
    {
        sort = text is "asc" or "ascending" ? LeaderboardSort.Ascending : LeaderboardSort.Descending;
        return text is "asc" or "ascending" or "desc" or "descending";
    }

    public static bool TryParseOperator(string text, out LeaderboardOperator @operator)
    {
        (var isKnown, @operator) = text switch
        {
            "best" => (true, LeaderboardOperator.Best),
            "set" => (true, LeaderboardOperator.Set),
            "incr" or "increment" => (true, LeaderboardOperator.Increment),
            "decr" or "decrement" => (true, LeaderboardOperator.Decrement),
            _ => (false, default),
        };
        return isKnown;
    }

    /// <summary>The operator of the request, or the leaderboard's own; null for an unknown number.</summary>
    public static LeaderboardOperator? Choose(Operator requested, LeaderboardOperator own) => requested switch
    {
        Operator.NoOverride => own,
        >= Operator.Best and <= Operator.Decrement => (LeaderboardOperator)(requested - 1),
        _ => null,
    };

    /// <summary>The value that clients use.</summary>
    public static Operator ToApi(LeaderboardOperator @operator) => (Operator)@operator + 1;
}
