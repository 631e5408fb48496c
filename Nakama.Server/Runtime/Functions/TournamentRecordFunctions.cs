using Nakama.Protocol.Api;
using Nakama.Server.Tournaments;

namespace Nakama.Server.Runtime.Functions;

/// <summary>The records of tournaments, on behalf of the server.</summary>
internal sealed class TournamentRecordFunctions(TournamentRecords records) : IFunctionModule
{
    private static readonly LanguageText ListFailed = "error listing tournament records";
    private static readonly LanguageText AroundFailed = "error listing tournament records haystack";

    public string Name => "Records of tournaments";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("tournament_records_list", "A page of records and those of the owners; without a limit only the latter.")
            .TakesRecords(TournamentFunctions.NoId).Does(ListAsync);
        functions.Function("tournament_record_write", "Submits a score; `override` is one of `best`, `set`, `increment`, `decrement` and `no_override`.")
            .TakesScore(TournamentFunctions.NoId).Does(WriteAsync);
        functions.Function("tournament_record_delete", "Deletes the owner's record, if there is one, and frees the place.")
            .Text("id", TournamentFunctions.NoId).Id("owner_id", BoardArguments.BadOwner).Does(DeleteAsync);
        functions.Function("tournament_records_haystack", "The owner's record with its neighbours.")
            .TakesSurroundings(TournamentFunctions.NoId).Does(AroundAsync);
    }

    private async ValueTask<ScriptValue> ListAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var (owners, limit, expiry) = (call.Owners(), call.PageLimit(), call.Expiry(4));
        try
        {
            return BoardRecords.Page(await records.ListAsync(call.Text(0), owners, limit, call.Text(3), expiry, cancellationToken), call.Language);
        }
        catch (Exception e) when (Attempt.IsReportable(e))
        {
            throw Attempt.FaultOfRecords(ListFailed, e);
        }
    }

    private async ValueTask<ScriptValue> WriteAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var write = call.Score();
        var requested = call.Text(6).ToLowerInvariant() switch
        {
            "" or "no_override" => Operator.NoOverride,
            "best" => Operator.Best,
            "set" => Operator.Set,
            "incr" or "increment" => Operator.Increment,
            "decr" or "decrement" => Operator.Decrement,
            _ => throw call.Refuse(6, "invalid operator"),
        };
        var writing = records.WriteAsync(call.Text(0), write, requested, isAuthoritative: true, cancellationToken);
        return BoardRecords.Of(await writing.OrFaultAsync("error writing tournament record"), call.Language);
    }

    private ValueTask<ScriptValue> DeleteAsync(FunctionCall call, CancellationToken cancellationToken) =>
        records.DeleteAsync(call.Text(0), call.Id(1), isAuthoritative: true, cancellationToken).OrFaultAsync("error deleting tournament record");

    private async ValueTask<ScriptValue> AroundAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var (limit, expiry) = (call.AroundLimit(), call.Expiry(4));
        try
        {
            var page = await records.AroundAsync(call.Text(0), call.Id(1), limit, call.Text(3), expiry, cancellationToken);
            return BoardRecords.Surroundings(page, call.Language);
        }
        catch (Exception e) when (Attempt.IsReportable(e))
        {
            throw Attempt.FaultOfRecords(AroundFailed, e);
        }
    }
}
