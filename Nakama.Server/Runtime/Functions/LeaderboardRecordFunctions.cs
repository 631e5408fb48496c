using Nakama.Server.Leaderboards;

namespace Nakama.Server.Runtime.Functions;

/// <summary>The records of leaderboards, on behalf of the server.</summary>
internal sealed class LeaderboardRecordFunctions(
    LeaderboardDefinitions definitions, LeaderboardRecords records, RecordLists lists, TimeProvider time) : IFunctionModule
{
    private static readonly LanguageText ListFailed = "error listing leaderboard records";
    private static readonly LanguageText AroundFailed = new("error listing leaderboard records haystack", "error listing leaderboard records around owner");

    public string Name => "Records of leaderboards";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("leaderboard_records_list", "A page of records and those of the owners; without a limit only the latter.")
            .TakesRecords(LeaderboardFunctions.NoId).Does(ListAsync);
        functions.Function("leaderboard_records_list_cursor_from_rank", "A cursor for the page that begins at a rank.")
            .Text("id", LeaderboardFunctions.NoId).Whole("rank").OptionalWhole("expiry", 0).Returns("cursor").Does(CursorAsync);
        functions.Function("leaderboard_record_write", "Submits a score; `override` is one of `best`, `set`, `incr` and `decr`.")
            .TakesScore(LeaderboardFunctions.NoId).Does(WriteAsync);
        functions.Function("leaderboard_records_haystack", "The owner's record with its neighbours.")
            .TakesSurroundings(LeaderboardFunctions.NoId).Does(AroundAsync);
        functions.Function("leaderboard_record_delete", "Deletes the owner's record, if there is one.")
            .Text("id", LeaderboardFunctions.NoId).Id("owner_id", BoardArguments.BadOwner).Does(DeleteAsync);
    }

    private async ValueTask<ScriptValue> ListAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        // Lua modules get a single empty table for an empty list of owners.
        if (call.Language == ScriptLanguage.Lua && call.Has(1) && call.Table(1).Length == 0) return ScriptValue.Results(ScriptValue.Of(new List<ScriptValue>()));
        var (owners, limit, expiry) = (call.Owners(), call.PageLimit(), call.Expiry(4));
        try
        {
            var board = await definitions.RequireAsync(call.Text(0), cancellationToken);
            var page = ExpiryOf(board, expiry) is { } of
                ? await lists.ListAsync(board, of, owners, limit, call.Text(3), cancellationToken)
                : RecordPage.Empty;
            return BoardRecords.Page(page, call.Language);
        }
        catch (Exception e) when (Attempt.IsReportable(e))
        {
            throw Attempt.FaultOfRecords(ListFailed, e);
        }
    }

    private async ValueTask<ScriptValue> CursorAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var (rank, expiry) = (call.Whole(1), call.Whole(2));
        if (rank < 1) throw call.Refuse(1, "invalid rank - must be > 1");
        if (expiry < 0) throw call.Refuse(2, "invalid expiry");
        try
        {
            var board = await definitions.RequireAsync(call.Text(0), cancellationToken);
            return ScriptValue.Of(lists.CursorFromRank(board, ExpiryOf(board, expiry) ?? expiry, rank));
        }
        catch (Exception e) when (Attempt.IsReportable(e))
        {
            throw Attempt.Fault("failed to get cursor from rank", e);
        }
    }

    private async ValueTask<ScriptValue> WriteAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var write = call.Score();
        var name = call.Language == ScriptLanguage.Lua ? call.Text(6) : call.Text(6).ToLowerInvariant();
        LeaderboardOperator? overriding = null;
        if (name.Length > 0)
            overriding = LeaderboardTerms.TryParseOperator(name, out var known) ? known : throw call.Refuse(6, "invalid operator");
        try
        {
            var board = await definitions.RequireAsync(call.Text(0), cancellationToken);
            var record = await records.WriteAsync(board, write with { Operator = overriding ?? board.Operator }, cancellationToken);
            return BoardRecords.Of(record, call.Language);
        }
        catch (Exception e) when (Attempt.IsReportable(e))
        {
            throw Attempt.Fault("error writing leaderboard record", e);
        }
    }

    private async ValueTask<ScriptValue> AroundAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var (limit, cursor, expiry) = (call.AroundLimit(), call.Text(3), call.Expiry(4));
        try
        {
            var board = await definitions.RequireAsync(call.Text(0), cancellationToken);
            var page = ExpiryOf(board, expiry) is { } of
                ? await lists.AroundAsync(board, of, call.Id(1), limit, cursor, cancellationToken)
                : RecordPage.Empty;
            return BoardRecords.Surroundings(page, call.Language);
        }
        catch (Exception e) when (Attempt.IsReportable(e))
        {
            throw Attempt.FaultOfRecords(AroundFailed, e);
        }
    }

    private async ValueTask<ScriptValue> DeleteAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        try
        {
            var board = await definitions.RequireAsync(call.Text(0), cancellationToken);
            // Deleting the record of a tournament must also free its place.
            if (board.IsTournament) throw LeaderboardErrors.Unknown;
            await records.DeleteAsync(board, call.Id(1), cancellationToken);
            return default;
        }
        catch (Exception e) when (Attempt.IsReportable(e))
        {
            throw Attempt.Fault("error deleting leaderboard record", e);
        }
    }

    private long? ExpiryOf(Leaderboard board, long requested) => RecordPeriod.ExpiryOf(board, requested, time.GetUtcNow().ToUnixTimeSeconds());
}
