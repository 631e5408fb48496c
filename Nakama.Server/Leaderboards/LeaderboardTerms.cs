using Nakama.Protocol.Api;

namespace Nakama.Server.Leaderboards;

/// <summary>The words and numbers by which modules and clients name orders and operators.</summary>
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

    /// <summary>The one asked for in a request, or the leaderboard's own; null for a number that means nothing.</summary>
    public static LeaderboardOperator? Choose(Operator requested, LeaderboardOperator own) => requested switch
    {
        Operator.NoOverride => own,
        >= Operator.Best and <= Operator.Decrement => (LeaderboardOperator)(requested - 1),
        _ => null,
    };

    /// <summary>As clients know it.</summary>
    public static Operator ToApi(LeaderboardOperator @operator) => (Operator)@operator + 1;
}
