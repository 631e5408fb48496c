using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Errors;
using Nakama.Server.Leaderboards;
using Nakama.Server.Rpc;
using Nakama.Server.Tournaments;
using Nakama.Server.Wire.Api;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Golden;

/// <summary>
/// The functions with which the recorded conversations about leaderboards and tournaments set up what they talk about, in
/// the place of those of the modules they were recorded with.
/// </summary>
internal sealed class BoardFunctions(IServiceProvider services)
{
    private readonly LeaderboardDefinitions _boards = services.GetRequiredService<LeaderboardDefinitions>();
    private readonly LeaderboardRecords _records = services.GetRequiredService<LeaderboardRecords>();
    private readonly RecordLists _lists = services.GetRequiredService<RecordLists>();
    private readonly TournamentDefinitions _tournaments = services.GetRequiredService<TournamentDefinitions>();
    private readonly TournamentRecords _tournamentRecords = services.GetRequiredService<TournamentRecords>();

    public static void Register(TestServer server)
    {
        var functions = new BoardFunctions(server.Services);
        var registry = server.Services.GetRequiredService<RpcRegistry>();
        registry.Register("g_lb_create", (_, payload, token) => AnswerAsync(functions.CreateAsync(JsonNode.Parse(payload)!, token)));
        registry.Register("g_lb_delete", (_, payload, token) => AnswerAsync(functions.DeleteAsync(JsonNode.Parse(payload)!, token)));
        registry.Register("g_lb_write", (_, payload, token) => AnswerAsync(functions.WriteAsync(JsonNode.Parse(payload)!, token)));
        registry.Register("g_tm_create", (_, payload, token) => AnswerAsync(functions.CreateTournamentAsync(JsonNode.Parse(payload)!, token)));
        // Whatever else it is asked for is the module's.
        var others = registry.Find("m_call")!;
        registry.Register("m_call", (call, payload, token) =>
            JsonNode.Parse(payload)! is var asked && IsAboutBoards((string)asked["fn"]!) ? AnswerAsync(functions.CallAsync(asked, token)) : others(call, payload, token));
    }

    private static bool IsAboutBoards(string function) =>
        function.StartsWith("leaderboard", StringComparison.Ordinal) || function.StartsWith("tournament", StringComparison.Ordinal);

    private static async ValueTask<string?> AnswerAsync(ValueTask<JsonNode?> answer) => (await answer ?? new JsonObject()).ToJsonString();

    private async ValueTask<JsonNode?> CreateAsync(JsonNode a, CancellationToken token)
    {
        await _boards.CreateAsync(
            new()
            {
                Id = (string)a["id"]!,
                IsAuthoritative = (bool?)a["authoritative"] ?? false,
                Sort = SortOf((string?)a["sort"]),
                Operator = OperatorOf((string?)a["operator"]),
                ResetSchedule = (string?)a["reset"] ?? "",
                Metadata = a["metadata"]?.ToJsonString() ?? "{}",
                AreRanksEnabled = (bool?)a["enable_ranks"] ?? true,
            },
            token);
        return null;
    }

    private async ValueTask<JsonNode?> DeleteAsync(JsonNode a, CancellationToken token)
    {
        await _boards.DeleteAsync((string)a["id"]!, token);
        return null;
    }

    private async ValueTask<JsonNode?> WriteAsync(JsonNode a, CancellationToken token)
    {
        var board = await _boards.RequireAsync((string)a["id"]!, token);
        var write = new RecordWrite(
            Guid.Parse((string)a["owner"]!), (string?)a["username"] ?? "", (long)a["score"]!, (long?)a["subscore"] ?? 0,
            a["metadata"]?.ToJsonString() ?? "{}", a["operator"] is { } name ? OperatorOf((string)name!) : board.Operator);
        return Form(await _records.WriteAsync(board, write, token));
    }

    private async ValueTask<JsonNode?> CreateTournamentAsync(JsonNode a, CancellationToken token)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        await _tournaments.CreateAsync(
            new()
            {
                Id = (string)a["id"]!,
                IsAuthoritative = (bool?)a["authoritative"] ?? false,
                Sort = SortOf((string?)a["sort"]),
                Operator = OperatorOf((string?)a["operator"]),
                Duration = (int?)a["duration"] ?? 3600,
                ResetSchedule = (string?)a["reset"] ?? "",
                Title = (string?)a["title"] ?? "",
                Description = (string?)a["description"] ?? "",
                Category = (int?)a["category"] ?? 0,
                StartTime = a["start"] is { } start ? now + (long)start : 0,
                EndTime = a["stop"] is { } stop ? now + (long)stop : 0,
                MaxSize = (int?)a["max_size"] ?? 0,
                MaxNumScore = (int?)a["max_num_score"] ?? 0,
                IsJoinRequired = (bool?)a["join_required"] ?? false,
                AreRanksEnabled = true,
            },
            token);
        return null;
    }

    private async ValueTask<JsonNode?> CallAsync(JsonNode call, CancellationToken token)
    {
        var (name, a) = ((string)call["fn"]!, call["args"]!.AsArray());
        string Text(int i) => i < a.Count ? (string?)a[i] ?? "" : "";
        long Number(int i) => i < a.Count && a[i] is { } number ? (long)number : 0;
        var id = a[0] is JsonValue ? Text(0) : "";
        switch (name)
        {
            case "leaderboard_record_write":
                var write = new JsonObject { ["id"] = id, ["owner"] = Text(1), ["username"] = Text(2), ["score"] = Number(3), ["subscore"] = Number(4) };
                return new JsonObject { ["r1"] = await WriteAsync(write, token) };
            case "leaderboard_record_delete":
                await _records.DeleteAsync(await _boards.RequireAsync(id, token), Guid.Parse(Text(1)), token);
                return null;
            case "leaderboards_get_id":
                return new JsonObject { ["r1"] = new JsonArray([.. (await _boards.GetAsync(Ids(a[0]!), token)).Select(Form)]) };
            case "leaderboard_ranks_disable":
                return await WithCauseAsync("error disabling leaderboard ranks", _boards.DisableRanksAsync(id, token));
            case "leaderboard_records_list":
                var owners = a[1]!.AsArray().Select(owner => Guid.Parse((string)owner!)).ToArray();
                var page = await _lists.ListAsync(await _boards.RequireAsync(id, token), 0, owners, (int)Number(2), "", token);
                return Form(page, first: 3);
            case "leaderboard_records_list_cursor_from_rank":
                return new JsonObject { ["cursor1"] = _lists.CursorFromRank(await _boards.RequireAsync(id, token), 0, Number(1)) };
            case "leaderboard_records_haystack":
                var around = await _lists.AroundAsync(await _boards.RequireAsync(id, token), 0, Guid.Parse(Text(1)), (int)Number(2), token);
                return Form(around, first: 2);
            case "tournament_create":
                return await WithCauseAsync("error creating tournament", CreateTournamentAsync(a, Text, Number, token));
            case "tournament_delete":
                await _tournaments.DeleteAsync(id, token);
                return null;
            case "tournaments_get_id":
                return new JsonObject { ["r1"] = new JsonArray([.. (await _tournaments.GetAsync(Ids(a[0]!), token)).Select(Form)]) };
            case "tournament_add_attempt":
                if (Number(2) == 0) throw new ApiError(StatusCode.Internal, "bad argument #3 to ? (expects an attempt count number != 0)");
                return await WithCauseAsync("error adding tournament attempts", _tournamentRecords.AddAttemptsAsync(id, Guid.Parse(Text(1)), (int)Number(2), token));
            case "tournament_record_write":
                var score = new RecordWrite(Guid.Parse(Text(1)), Text(2), Number(3), Number(4), a[5]!.ToJsonString(), default);
                return new JsonObject { ["r1"] = Form(await _tournamentRecords.WriteAsync(id, score, Operator.NoOverride, isAuthoritative: true, token)) };
            default:
                throw new InvalidOperationException($"No such function: {name}");
        }
    }

    private async ValueTask CreateTournamentAsync(JsonArray a, Func<int, string> text, Func<int, long> number, CancellationToken token) =>
        await _tournaments.CreateAsync(
            new()
            {
                Id = text(0),
                IsAuthoritative = (bool)a[1]!,
                Sort = SortOf(text(2)),
                Operator = OperatorOf(text(3)),
                Duration = (int)number(4),
                ResetSchedule = text(5),
                Title = text(7),
                Description = text(8),
                Category = (int)number(9),
                StartTime = number(10),
                EndTime = number(11),
                MaxSize = (int)number(12),
                MaxNumScore = (int)number(13),
                IsJoinRequired = (bool)a[14]!,
                AreRanksEnabled = (bool)a[15]!,
            },
            token);

    private static async ValueTask<JsonNode?> WithCauseAsync(string what, ValueTask work)
    {
        try
        {
            await work;
            return null;
        }
        catch (Exception e) when (e is ApiError or TournamentRefusal)
        {
            throw new ApiError(StatusCode.Internal, $"{what}: {e.Message}");
        }
    }

    private static string[] Ids(JsonNode ids) => [.. ids.AsArray().Select(id => (string)id!)];

    private static LeaderboardSort SortOf(string? text) =>
        LeaderboardTerms.TryParseSort(text ?? "desc", out var sort) ? sort : throw new FormatException(text);

    private static LeaderboardOperator OperatorOf(string? text) =>
        LeaderboardTerms.TryParseOperator(text ?? "best", out var @operator) ? @operator : throw new FormatException(text);

    private static JsonObject Form(RecordPage page, int first)
    {
        var answer = new JsonObject { ["r1"] = new JsonArray([.. page.Records.Select(Form)]) };
        if (first == 3) answer["r2"] = new JsonArray([.. page.OwnerRecords.Select(Form)]);
        if (page.NextCursor.Length > 0) answer[$"cursor{first}"] = page.NextCursor;
        answer[$"r{first + 2}"] = page.RankCount;
        return answer;
    }

    private static JsonNode Form(LeaderboardRecord record)
    {
        var form = new JsonObject
        {
            ["leaderboard_id"] = record.LeaderboardId,
            ["owner_id"] = record.OwnerId,
            ["username"] = record.Username,
            ["score"] = record.Score,
            ["subscore"] = record.Subscore,
            ["num_score"] = record.NumScore,
            ["max_num_score"] = record.MaxNumScore,
            ["metadata"] = JsonNode.Parse(record.Metadata),
            ["create_time"] = record.CreateTime.Seconds,
            ["update_time"] = record.UpdateTime.Seconds,
            ["rank"] = record.Rank,
        };
        if (record.ExpiryTime is { } expiry) form["expiry_time"] = expiry.Seconds;
        return form;
    }

    private static JsonNode Form(Server.Wire.Api.Leaderboard board)
    {
        var form = new JsonObject
        {
            ["id"] = board.Id,
            ["authoritative"] = board.Authoritative,
            ["operator"] = board.Operator.ToString().ToLowerInvariant(),
            ["sort_order"] = board.SortOrder.ToString(CultureInfo.InvariantCulture),
            ["metadata"] = JsonNode.Parse(board.Metadata),
            ["create_time"] = board.CreateTime.Seconds,
        };
        if (board.NextReset > 0) form["next_reset"] = board.NextReset;
        if (board.PrevReset > 0) form[""] = board.PrevReset;
        return form;
    }

    private static JsonNode Form(Tournament tournament) => new JsonObject
    {
        ["id"] = tournament.Id,
        ["title"] = tournament.Title,
        ["description"] = tournament.Description,
        ["category"] = tournament.Category,
        ["sort_order"] = tournament.SortOrder.ToString(CultureInfo.InvariantCulture),
        ["size"] = tournament.Size,
        ["max_size"] = tournament.MaxSize,
        ["max_num_score"] = tournament.MaxNumScore,
        ["duration"] = tournament.Duration,
        ["start_active"] = tournament.StartActive,
        ["end_active"] = tournament.EndActive,
        ["can_enter"] = tournament.CanEnter,
        ["metadata"] = JsonNode.Parse(tournament.Metadata),
        ["create_time"] = tournament.CreateTime.Seconds,
        ["start_time"] = tournament.StartTime.Seconds,
        ["operator"] = tournament.Operator.ToString().ToLowerInvariant(),
        ["join_required"] = tournament.JoinRequired,
    };
}
