using Nakama.Server.Leaderboards;
using Nakama.Server.Scheduling;

namespace Nakama.Server.Runtime.Functions;

/// <summary>The common arguments of functions for leaderboards and tournaments.</summary>
internal static class BoardArguments
{
    public const string BadOwner = "expects owner ID to be a valid identifier";

    private const int MaxPage = 10_000;
    private const int MaxAround = 100;

    public static FunctionDescription TakesRecords(this FunctionDescription function, string whenNoId) => function
        .Text("id", whenNoId).OptionalTable("owners").OptionalWhole("limit", 0).OptionalText("cursor", "").OptionalWhole("expiry", 0)
        .Returns("records", "owner_records", "next_cursor", "prev_cursor", "rank_count");

    public static FunctionDescription TakesSurroundings(this FunctionDescription function, string whenNoId) => function
        .Text("id", whenNoId).Id("owner_id", BadOwner).OptionalWhole("limit", 10).OptionalText("cursor", "").OptionalWhole("expiry", 0)
        .Returns("records", "next_cursor", "prev_cursor", "rank_count");

    public static FunctionDescription TakesScore(this FunctionDescription function, string whenNoId) => function
        .Text("id", whenNoId).Id("owner_id", BadOwner).OptionalText("username", "").OptionalWhole("score", 0).OptionalWhole("subscore", 0)
        .OptionalTable("metadata").OptionalText("override", "").Returns("record");

    public static LeaderboardSort Sort(this FunctionCall call, int parameter) =>
        LeaderboardTerms.TryParseSort(call.Text(parameter), out var sort)
            ? sort
            : throw call.Refuse(parameter, "expects sort order to be 'asc' or 'desc'");

    public static LeaderboardOperator Operator(this FunctionCall call, int parameter) =>
        LeaderboardTerms.TryParseOperator(call.Text(parameter), out var @operator)
            ? @operator
            : throw call.Refuse(parameter, "expects operator to be 'best', 'set', 'decr' or 'incr'");

    /// <summary>A cron expression; empty if none is given.</summary>
    public static string Schedule(this FunctionCall call, int parameter)
    {
        var text = call.Text(parameter);
        return text.Length == 0 || CronExpression.TryParse(text, out _)
            ? text
            : throw call.Refuse(parameter, "expects reset schedule to be a valid CRON expression");
    }

    /// <summary>Reads the score from the parameters of <see cref="TakesScore"/>; the caller sets the operator.</summary>
    public static RecordWrite Score(this FunctionCall call)
    {
        var (score, subscore) = (call.Whole(3), call.Whole(4));
        if (score < 0) throw call.Refuse(3, "expects score to be >= 0");
        if (subscore < 0) throw call.Refuse(4, "expects subscore to be >= 0");
        return new RecordWrite(call.Id(1), call.Text(2), score, subscore, call.MetadataOrNull(5) ?? "", default);
    }

    /// <summary>Reads the owners from the parameters of <see cref="TakesRecords"/>.</summary>
    public static Guid[] Owners(this FunctionCall call) => call.Has(1) ? [.. call.Ids(1, "expects each owner ID to be a valid identifier")] : [];

    /// <summary>The length of a page of records; null to list owners' records only.</summary>
    public static int? PageLimit(this FunctionCall call)
    {
        var limit = call.Whole(2);
        if (limit is < 0 or > MaxPage) throw call.Refuse(2, "expects limit to be 0-10000");
        return limit == 0 ? null : (int)limit;
    }

    public static int AroundLimit(this FunctionCall call)
    {
        var limit = call.Whole(2);
        return limit is >= 1 and <= MaxAround ? (int)limit : throw call.Refuse(2, "limit must be 1-100");
    }

    /// <summary>The expiry of the records of the period; 0 for the current period.</summary>
    public static long Expiry(this FunctionCall call, int parameter)
    {
        var expiry = call.Whole(parameter);
        return expiry >= 0 ? expiry : throw call.Refuse(parameter, "expiry should be time since epoch in seconds and has to be a positive integer");
    }
}
