using Nakama.Server.Errors;
using Nakama.Server.Tournaments;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Tournaments: creating, finding, joining and deleting them.</summary>
internal sealed class TournamentFunctions(TournamentDefinitions definitions, TournamentRecords records) : IFunctionModule
{
    public const string NoId = "expects a tournament ID string";

    private const int MaxPage = 100;
    private const int MaxCategory = 127;

    public string Name => "Tournaments";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("tournament_create", "Makes a tournament whose rounds are open for `duration` seconds; nothing happens when there is one of that id.")
            .Text("id", NoId).OptionalFlag("authoritative", true).OptionalText("sort_order", "desc").NotNull().OptionalText("operator", "best").NotNull()
            .OptionalWhole("duration", 0).OptionalText("reset_schedule", "").OptionalTable("metadata").OptionalText("title", "")
            .OptionalText("description", "").OptionalWhole("category", 0).OptionalWhole("start_time", 0).OptionalWhole("end_time", 0)
            .OptionalWhole("max_size", 0).OptionalWhole("max_num_score", 0).OptionalFlag("join_required", false).OptionalFlag("enable_ranks", false)
            .Does(CreateAsync);
        functions.Function("tournament_delete", "Deletes a tournament with all its records, if there is one.")
            .Text("id", NoId).Does(DeleteAsync);
        functions.Function("tournament_add_attempt", "Lets an owner submit more scores in this round, or fewer.")
            .Text("id", NoId).Id("owner_id", BoardArguments.BadOwner).Whole("count").Does(AddAttemptsAsync);
        functions.Function("tournament_join", "Lets a user take part.")
            .Text("id", NoId).Id("user_id", "expects user ID to be a valid identifier").Text("username", "expects username string")
            .Does(JoinAsync);
        functions.Function("tournaments_get_id", "The tournaments with the ids; unknown ones are left out.")
            .Table("ids").Returns("tournaments").Does(GetAsync);
        functions.Function("tournament_list", "A page of tournaments by start, end, category and id. Without an end time those that have not ended; 0 is those that never end.")
            .OptionalWhole("category_start", 0).OptionalWhole("category_end", 0).OptionalWhole("start_time").OptionalWhole("end_time")
            .OptionalWhole("limit", 10).OptionalText("cursor", "").Returns("tournaments", "cursor").Does(ListAsync);
        functions.Function("tournament_ranks_disable", "Keeps no ranks of a tournament any more; there is no way back.")
            .Text("id", NoId).NamedInJavaScript("tournamentsRanksDisable").Does(DisableRanksAsync);
    }

    private async ValueTask<ScriptValue> CreateAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var draft = Read(call);
        await definitions.CreateAsync(draft, cancellationToken).OrFaultAsync("error creating tournament");
        return default;
    }

    private static TournamentRequest Read(FunctionCall call)
    {
        var (sort, @operator) = (call.Sort(2), call.Operator(3));
        var duration = call.Whole(4);
        if (duration <= 0) throw call.Refuse(4, "duration must be > 0");
        var schedule = call.Schedule(5);
        var category = call.Whole(9);
        if (category is < 0 or > MaxCategory) throw call.Refuse(9, "category must be 0-127");
        var (start, end) = (call.Whole(10), call.Whole(11));
        if (start < 0) throw call.Refuse(10, "startTime must be >= 0.");
        if (end != 0 && end <= start) throw call.Refuse(11, "endTime must be > startTime. Use 0 to indicate a tournament that never ends.");
        if (call.Whole(12) < 0) throw call.Refuse(12, "maxSize must be >= 0");
        if (call.Whole(13) < 0) throw call.Refuse(13, "maxNumScore must be >= 0");
        return new()
        {
            Id = call.Text(0),
            IsAuthoritative = call.Flag(1),
            Sort = sort,
            Operator = @operator,
            Duration = call.Whole32(4),
            ResetSchedule = schedule,
            Metadata = call.MetadataOrNull(6) ?? "{}",
            Title = call.Text(7),
            Description = call.Text(8),
            Category = (int)category,
            StartTime = start,
            EndTime = end,
            MaxSize = call.Whole32(12),
            MaxNumScore = call.Whole32(13),
            IsJoinRequired = call.Flag(14),
            AreRanksEnabled = call.Flag(15),
        };
    }

    private ValueTask<ScriptValue> DeleteAsync(FunctionCall call, CancellationToken cancellationToken) =>
        definitions.DeleteAsync(call.Text(0), cancellationToken).OrFaultAsync("error deleting tournament");

    private ValueTask<ScriptValue> AddAttemptsAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        if (call.Whole(2) == 0) throw call.Refuse(2, "expects an attempt count number != 0");
        return records.AddAttemptsAsync(call.Text(0), call.Id(1), call.Whole32(2), cancellationToken).OrFaultAsync("error adding tournament attempts");
    }

    private ValueTask<ScriptValue> JoinAsync(FunctionCall call, CancellationToken cancellationToken) =>
        records.JoinAsync(call.Text(0), call.Id(1), call.Text(2), cancellationToken).OrFaultAsync("error joining tournament");

    private async ValueTask<ScriptValue> GetAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var ids = call.Texts(0, "each tournament id must be a string");
        var tournaments = await definitions.GetAsync(ids, cancellationToken).OrFaultAsync("failed to get tournaments");
        return ScriptValue.Of(tournaments.ConvertAll(tournament => ScriptValue.Of(BoardRecords.Of(tournament, call.Language))));
    }

    private async ValueTask<ScriptValue> ListAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var (first, last) = (call.Whole(0), call.Whole(1));
        if (first is < 0 or > MaxCategory) throw call.Refuse(0, "categoryStart must be 0-127");
        if (last is < 0 or > MaxCategory) throw call.Refuse(1, "categoryEnd must be 0-127");
        if (last < first) throw call.Refuse(1, "categoryEnd must be >= categoryStart");
        var (start, end) = (Time(call, 2, "startTime must be >= -1"), Time(call, 3, "endTime must be >= -1"));
        if (call.Language == ScriptLanguage.JavaScript && start is not null && end is null) throw call.Refuse(3, "end time must be >= start time");
        if (end is > 0 && end < start) throw call.Refuse(3, "endTime must be >= startTime");
        var limit = call.Whole(4);
        if (limit is < 1 or > MaxPage) throw call.Refuse(4, "limit must be 1-100");
        try
        {
            var page = await definitions.ListAsync(new(first, last, start, end), (int)limit, call.Text(5), cancellationToken);
            return ScriptValue.Results(
                ScriptValue.Of(page.Tournaments.Select(tournament => ScriptValue.Of(BoardRecords.Of(tournament, call.Language))).ToList()),
                BoardRecords.Cursor(page.Cursor));
        }
        catch (ApiException)
        {
            throw call.Refuse(5, "expects cursor to be valid when provided");
        }
        catch (Exception e) when (Attempt.IsReportable(e))
        {
            throw Attempt.Fault("error listing tournaments", e);
        }
    }

    private ValueTask<ScriptValue> DisableRanksAsync(FunctionCall call, CancellationToken cancellationToken) =>
        definitions.DisableRanksAsync(call.Text(0), cancellationToken).OrFaultAsync("error disabling tournament ranks");

    /// <summary>Seconds since the epoch; null for -1 or no value, which means no restriction.</summary>
    private static long? Time(FunctionCall call, int parameter, string whenBelow)
    {
        if (!call.Has(parameter)) return null;
        var time = call.Whole(parameter);
        if (time < -1) throw call.Refuse(parameter, whenBelow);
        return time == -1 ? null : time;
    }
}
