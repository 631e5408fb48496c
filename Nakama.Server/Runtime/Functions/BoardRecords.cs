using System.Globalization;
using Nakama.Server.Wire.Api;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Leaderboards and tournaments as modules see them when a period is over; their sort order is a text in Lua.</summary>
internal static class BoardRecords
{
    public static HostRecord OfReset(Leaderboard board) => new HostRecord()
        .Add("id", board.Id)
        .Add("authoritative", board.Authoritative)
        .Add("sort_order", Text(board.SortOrder))
        .Add("operator", OperatorOf(board.Operator))
        .Add("prev_reset", Text(board.PrevReset))
        .Add("next_reset", Text(board.NextReset))
        .AddJson("metadata", board.Metadata)
        .AddIfSet("create_time", board.CreateTime);

    /// <param name="tournament">As it was in the round that is over.</param>
    /// <param name="isEnd">Whether it only stops taking scores; then it also tells when its round began.</param>
    public static HostRecord OfTurn(Tournament tournament, bool isEnd)
    {
        var record = new HostRecord(20)
            .Add("id", tournament.Id)
            .Add("title", tournament.Title)
            .Add("description", tournament.Description)
            .Add("category", tournament.Category)
            .Add("sort_order", Text(tournament.SortOrder))
            .Add("size", tournament.Size)
            .Add("max_size", tournament.MaxSize)
            .Add("max_num_score", tournament.MaxNumScore)
            .Add("duration", tournament.Duration);
        if (isEnd) record.Add("start_active", tournament.StartActive);
        record.Add("end_active", tournament.EndActive).Add("can_enter", tournament.CanEnter);
        if (tournament.NextReset != 0) record.Add("next_reset", tournament.NextReset);
        if (tournament.PrevReset != 0) record.Add("prev_reset", tournament.PrevReset);
        return record
            .AddJson("metadata", tournament.Metadata)
            .AddIfSet("create_time", tournament.CreateTime)
            .AddIfSet("start_time", tournament.StartTime)
            .AddIfSet("end_time", tournament.EndTime)
            .Add("operator", OperatorOf(tournament.Operator));
    }

    private static string Text(uint number) => number.ToString(CultureInfo.InvariantCulture);

    private static string OperatorOf(Operator kind) => kind switch
    {
        Operator.Set => "set",
        Operator.Increment => "increment",
        Operator.Decrement => "decrement",
        _ => "best",
    };
}
