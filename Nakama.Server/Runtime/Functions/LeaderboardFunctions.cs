using Nakama.Server.Errors;
using Nakama.Server.Leaderboards;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Leaderboards: creating, finding and deleting them.</summary>
internal sealed class LeaderboardFunctions(LeaderboardDefinitions definitions) : IFunctionModule
{
    public const string NoId = "expects a leaderboard ID string";

    private const int MaxPage = 100;

    /// <summary>JavaScript gets the cause alone.</summary>
    private static readonly LanguageText RanksFailed = new("error disabling leaderboard ranks", "");

    public string Name => "Leaderboards";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("leaderboard_create", "Makes a leaderboard; nothing happens when there is one of that id.")
            .Text("id", NoId).OptionalFlag("authoritative", false).NotNull().OptionalText("sort_order", "desc").NotNull().OptionalText("operator", "best").NotNull()
            .OptionalText("reset_schedule", "").OptionalTable("metadata").OptionalFlag("enable_ranks", false).Does(CreateAsync);
        functions.Function("leaderboard_delete", "Deletes a leaderboard with all its records, if there is one.")
            .Text("id", NoId).Does(DeleteAsync);
        functions.Function("leaderboard_list", "A page of leaderboards in the order in which they were made.")
            .OptionalWhole("limit", 10).OptionalText("cursor", "").Returns("leaderboards", "cursor").Does(List);
        functions.Function("leaderboard_ranks_disable", "Keeps no ranks of a leaderboard any more; there is no way back.")
            .Text("id", NoId).Does(DisableRanksAsync);
        functions.Function("leaderboards_get_id", "The leaderboards with the ids; unknown ones are left out.")
            .Table("ids").Returns("leaderboards").Does(GetAsync);
    }

    private async ValueTask<ScriptValue> CreateAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var draft = new LeaderboardRequest
        {
            Id = call.Text(0),
            IsAuthoritative = call.Flag(1),
            Sort = call.Sort(2),
            Operator = call.Operator(3),
            ResetSchedule = call.Schedule(4),
            Metadata = call.MetadataOrNull(5) ?? "{}",
            AreRanksEnabled = call.Flag(6),
        };
        await definitions.CreateAsync(draft, cancellationToken).OrFaultAsync("error creating leaderboard");
        return default;
    }

    private ValueTask<ScriptValue> DeleteAsync(FunctionCall call, CancellationToken cancellationToken) =>
        definitions.DeleteAsync(call.Text(0), cancellationToken).OrFaultAsync("error deleting leaderboard");

    private ScriptValue List(FunctionCall call)
    {
        var limit = call.Whole(0);
        if (limit is < 1 or > MaxPage) throw call.Refuse(0, "limit must be 1-100");
        try
        {
            var page = definitions.List((int)limit, call.Text(1));
            return ScriptValue.Results(
                ScriptValue.Of(page.Leaderboards.Select(board => ScriptValue.Of(BoardRecords.Of(board, call.Language))).ToList()),
                BoardRecords.Cursor(page.Cursor));
        }
        catch (ApiException)
        {
            throw call.Refuse(1, "expects cursor to be valid when provided");
        }
    }

    private ValueTask<ScriptValue> DisableRanksAsync(FunctionCall call, CancellationToken cancellationToken) =>
        definitions.DisableRanksAsync(call.Text(0), cancellationToken).OrFaultAsync(RanksFailed);

    private async ValueTask<ScriptValue> GetAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var ids = call.Texts(0, "each leaderboard id must be a string");
        var boards = await definitions.GetAsync(ids, cancellationToken).OrFaultAsync("failed to get leaderboards");
        return ScriptValue.Of(boards.ConvertAll(board => ScriptValue.Of(BoardRecords.Of(board, call.Language))));
    }
}
