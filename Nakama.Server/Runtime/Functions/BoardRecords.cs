using System.Globalization;
using Nakama.Protocol.Api;
using Nakama.Server.Leaderboards;
using Board = Nakama.Protocol.Api.Leaderboard;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Converts leaderboards, tournaments and records to their form for modules.</summary>
internal static class BoardRecords
{
    public static ScriptRecord Of(Board board, ScriptLanguage language) =>
        ScriptRecord.Showing(board, language, static (source, language) => Show((Board)source, language));

    public static ScriptRecord Of(Tournament tournament, ScriptLanguage language) =>
        ScriptRecord.Showing(tournament, language, static (source, language) => Show((Tournament)source, language));

    public static ScriptValue Of(LeaderboardRecord item, ScriptLanguage language) =>
        ScriptValue.Of(ScriptRecord.Showing(item, language, static (source, language) => Show((LeaderboardRecord)source, language)));

    private static ScriptRecord Show(Board board, ScriptLanguage language)
    {
        var record = new ScriptRecord(9)
            .Add("id", board.Id)
            .Add("operator", OperatorOf(board.Operator))
            .Add("sort_order", NumberOf(board.SortOrder, language))
            .AddJson("metadata", board.Metadata)
            .AddIfSet("create_time", board.CreateTime);
        // For compatibility, Lua modules get it under this name.
        if (board.PrevReset > 0) record.Add(language == ScriptLanguage.Lua ? "" : "prev_reset", board.PrevReset);
        if (board.NextReset > 0) record.Add("next_reset", board.NextReset);
        return record.Add("authoritative", board.Authoritative);
    }

    private static ScriptRecord Show(Tournament tournament, ScriptLanguage language) =>
        Describe(tournament, language).Add("start_active", tournament.StartActive).Add("join_required", tournament.JoinRequired);

    /// <summary>A leaderboard whose period ended, in its form for modules.</summary>
    public static ScriptRecord OfReset(Board board, ScriptLanguage language)
    {
        var record = new ScriptRecord(8)
            .Add("id", board.Id)
            .Add("authoritative", board.Authoritative)
            .Add("sort_order", NumberOf(board.SortOrder, language))
            .Add("operator", OperatorOf(board.Operator))
            .Add("prev_reset", NumberOf(board.PrevReset, language))
            .Add("next_reset", NumberOf(board.NextReset, language))
            .AddJson("metadata", board.Metadata);
        if (language == ScriptLanguage.Lua || board.CreateTime is not { } time) return record.AddIfSet("create_time", board.CreateTime);
        return record.Add("create_time", new ScriptRecord(2) { HasForeignNames = true }.Add("Seconds", time.Seconds).Add("Nanos", time.Nanos));
    }

    /// <summary>A tournament whose round ended, in its form for modules.</summary>
    /// <param name="tournament">The state in that round.</param>
    /// <param name="isEnd">Whether it only stops accepting scores; only then Lua gets the start of the round.</param>
    /// <param name="language">The language of the module.</param>
    public static ScriptRecord OfTurn(Tournament tournament, bool isEnd, ScriptLanguage language)
    {
        var record = Describe(tournament, language);
        return isEnd || language != ScriptLanguage.Lua ? record.Add("start_active", tournament.StartActive) : record;
    }

    /// <summary>The fields that all representations of a tournament share.</summary>
    private static ScriptRecord Describe(Tournament tournament, ScriptLanguage language)
    {
        var record = new ScriptRecord(21)
            .Add("id", tournament.Id)
            .Add("title", tournament.Title)
            .Add("description", tournament.Description)
            .Add("category", tournament.Category)
            .Add("sort_order", NumberOf(tournament.SortOrder, language))
            .Add("size", tournament.Size)
            .Add("max_size", tournament.MaxSize)
            .Add("max_num_score", tournament.MaxNumScore)
            .Add("duration", tournament.Duration)
            .Add("end_active", tournament.EndActive)
            .Add("can_enter", tournament.CanEnter);
        if (tournament.PrevReset > 0) record.Add("prev_reset", tournament.PrevReset);
        if (tournament.NextReset > 0) record.Add("next_reset", tournament.NextReset);
        record
            .AddJson("metadata", tournament.Metadata)
            .AddIfSet("create_time", tournament.CreateTime)
            .AddIfSet("start_time", tournament.StartTime);
        if (tournament.EndTime is null && language == ScriptLanguage.JavaScript) record.Add("end_time", ScriptValue.Null);
        else record.AddIfSet("end_time", tournament.EndTime);
        return record.Add("operator", OperatorOf(tournament.Operator));
    }

    private static ScriptRecord Show(LeaderboardRecord item, ScriptLanguage language)
    {
        var hasNulls = language == ScriptLanguage.JavaScript;
        var record = new ScriptRecord(12).Add("leaderboard_id", item.LeaderboardId).Add("owner_id", item.OwnerId);
        if (item.Username is not null || hasNulls) record.Add("username", ScriptValue.Of(item.Username));
        record
            .Add("score", item.Score)
            .Add("subscore", item.Subscore)
            .Add("num_score", item.NumScore)
            .Add("max_num_score", item.MaxNumScore)
            .AddJson("metadata", item.Metadata)
            .AddIfSet("create_time", item.CreateTime)
            .AddIfSet("update_time", item.UpdateTime);
        if (item.ExpiryTime is null && hasNulls) record.Add("expiry_time", ScriptValue.Null);
        else record.AddIfSet("expiry_time", item.ExpiryTime);
        return record.Add("rank", item.Rank);
    }

    /// <summary>The results of functions that list records.</summary>
    public static ScriptValue Page(RecordPage page, ScriptLanguage language) => ScriptValue.Results(
        List(page.Records, language), List(page.OwnerRecords, language), Cursor(page.NextCursor), Cursor(page.PrevCursor), ScriptValue.Of((double)page.RankCount));

    /// <summary>The results of functions that list the neighbours of a record.</summary>
    public static ScriptValue Surroundings(RecordPage page, ScriptLanguage language)
    {
        var (records, next, previous) = (List(page.Records, language), Cursor(page.NextCursor), Cursor(page.PrevCursor));
        if (language != ScriptLanguage.JavaScript) return ScriptValue.Results(records, next, previous, ScriptValue.Of((double)page.RankCount));
        // JavaScript gets the members of any page of records.
        return ScriptValue.Of(new ScriptRecord(5)
            .Add("records", records)
            .Add("owner_records", List(page.OwnerRecords, language))
            .Add("next_cursor", next)
            .Add("prev_cursor", previous)
            .Add("rank_count", page.RankCount));
    }

    public static ScriptValue Cursor(string cursor) => ScriptValue.Of(cursor.Length == 0 ? null : cursor);

    private static string OperatorOf(Operator @operator) => @operator switch
    {
        Operator.Set => "set",
        Operator.Increment => "increment",
        Operator.Decrement => "decrement",
        _ => "best",
    };

    /// <summary>A string in Lua, for compatibility.</summary>
    private static ScriptValue NumberOf(uint number, ScriptLanguage language) => language == ScriptLanguage.Lua
        ? ScriptValue.Of(number.ToString(CultureInfo.InvariantCulture))
        : ScriptValue.Of((double)number);

    private static ScriptValue List(IReadOnlyList<LeaderboardRecord> records, ScriptLanguage language) =>
        ScriptValue.Of(records.Select(record => Of(record, language)).ToList());
}
