using System.Text.Json;
using System.Text.Json.Nodes;
using Nakama.GameLogic;
using Nakama.GameLogic.Functions;

namespace Nakama.Tests.Golden.ModulesInCSharp;

/// <summary>The functions of the modules in Lua that the conversations were recorded with.</summary>
internal sealed class GoldenFunctions(INakama nakama) : IGameModule
{
    public void Register(IGameBuilder game)
    {
        Add("g_echo", static (_, a) => Task.FromResult<JsonNode?>(a));
        game.Rpc("g_raw", static (_, payload) => Task.FromResult<string?>(payload))
            .Rpc("g_nil", static (_, _) => Task.FromResult<string?>(null))
            .Rpc("g_fail", static (_, _) => throw new InvalidOperationException("plain failure"))
            .Rpc("g_fail_code", static (_, _) => throw new GameException(GameErrorCode.Aborted, "coded failure"))
            .Rpc("m_fail_99", static (_, _) => throw new GameException((GameErrorCode)99, "odd code"))
            .Rpc("M_Fail_Case", static (_, _) => throw new GameException(GameErrorCode.NotFound, "not found here"));
        Add("g_ctx", static (context, _) => Task.FromResult<JsonNode?>(Describe(context)));
        Add("g_lb_create", CreateLeaderboardAsync);
        Add("g_lb_write", WriteRecordAsync);
        Add("g_lb_delete", async (_, a) =>
        {
            await nakama.Leaderboards.DeleteAsync(Text(a, "id")!);
            return null;
        });
        Add("g_tm_create", CreateTournamentAsync);
        Add("g_notify", async (context, a) =>
        {
            await nakama.Notifications.SendAsync(
                UserOf(context, a), Text(a, "subject")!, (a["content"] ?? new JsonObject()).ToJsonString(), (int)a["code"]!, Id(a, "sender_id"), Flag(a, "persistent") ?? true);
            return null;
        });
        Add("g_match_create", async (_, a) => new JsonObject
        {
            ["match_id"] = await nakama.Matches.CreateAsync(Text(a, "module") ?? "golden_match", Values(a["params"] as JsonObject)),
        });
        Add("g_match_get", async (_, a) => await nakama.Matches.GetAsync(Text(a, "match_id")!) is { } match ? Show(match) : null);
        Add("g_storage_write", async (_, a) => new JsonObject
        {
            ["acks"] = new JsonArray([.. (await nakama.Storage.WriteAsync([.. Rows(a).Select(WriteOf)])).Select(Show)]),
        });
        Add("g_storage_read", async (_, a) => new JsonObject
        {
            ["objects"] = new JsonArray([.. (await nakama.Storage.ReadAsync([.. Rows(a).Select(KeyOf)])).Select(Show)]),
        });
        Add("g_match_signal", async (_, a) => new JsonObject { ["result"] = await nakama.Matches.SignalAsync(Text(a, "match_id")!, Text(a, "data") ?? "") });
        Add("g_wallet", UpdateWalletAsync);
        Add("g_wallet_ledger", async (context, a) =>
        {
            var page = await nakama.Wallets.ListLedgerAsync(UserOf(context, a), (int?)a["limit"] ?? 10);
            return new JsonObject
            {
                ["items"] = new JsonArray([.. page.Items.Select(JsonNode? (item) => new JsonObject
                {
                    ["changeset"] = JsonNode.Parse(item.Changeset),
                    ["metadata"] = JsonNode.Parse(item.Metadata),
                })]),
            };
        });
        Add("g_stream_join", async (context, a) =>
        {
            await nakama.Streams.JoinAsync(
                StreamOf(a), context.UserId!.Value, context.SessionId!.Value, Flag(a, "hidden") ?? false, Flag(a, "persistence") ?? true, Text(a, "status") ?? "");
            return null;
        });
        Add("g_stream_leave", async (context, a) =>
        {
            await nakama.Streams.LeaveAsync(StreamOf(a), context.UserId!.Value, context.SessionId!.Value);
            return null;
        });
        Add("g_stream_send", async (_, a) =>
        {
            await nakama.Streams.SendAsync(StreamOf(a), Text(a, "data") ?? "");
            return null;
        });
        Add("g_stream_count", async (_, a) => new JsonObject { ["count"] = await nakama.Streams.CountAsync(StreamOf(a)) });
        Add("g_ban", async (_, a) =>
        {
            await nakama.Users.BanAsync(Ids(a));
            return null;
        });
        Add("g_unban", async (_, a) =>
        {
            await nakama.Users.UnbanAsync(Ids(a));
            return null;
        });
        game.MatchmakerMatched(async (_, entries) => entries.Any(static entry => entry.StringProperties.GetValueOrDefault("mode") == "authoritative")
            ? await nakama.Matches.CreateAsync("golden_match", new Dictionary<string, object?> { ["expected"] = (long)entries.Count })
            : null);

        void Add(string id, Func<RpcContext, JsonObject, Task<JsonNode?>> function) => game.Rpc(id, async (context, payload) =>
            (await function(context, payload.Length == 0 ? [] : (JsonObject)JsonNode.Parse(payload)!) ?? new JsonObject()).ToJsonString());
    }

    private static JsonObject Describe(RpcContext context) => WithoutNulls(new JsonObject
    {
        ["user_id"] = context.UserId?.ToString(),
        ["username"] = context.UserId is null ? null : context.Username,
        ["vars"] = context.Vars.Count == 0 ? null : JsonSerializer.SerializeToNode(context.Vars),
        ["mode"] = context.Mode,
        ["lang"] = context.SessionId is null ? null : context.Language,
        ["query"] = JsonSerializer.SerializeToNode(context.QueryParameters),
        ["has_session"] = context.SessionId is not null,
        ["has_exp"] = context.ExpiresAt is not null,
        ["node"] = context.Node.Length > 0,
    });

    /// <summary>Unset members are absent in Lua.</summary>
    private static JsonObject WithoutNulls(JsonObject value)
    {
        foreach (var name in value.Where(static member => member.Value is null).Select(static member => member.Key).ToList()) value.Remove(name);
        return value;
    }

    private async Task<JsonNode?> CreateLeaderboardAsync(RpcContext context, JsonObject a)
    {
        await nakama.Leaderboards.CreateAsync(new LeaderboardDefinition(Text(a, "id")!)
        {
            IsAuthoritative = Flag(a, "authoritative") ?? false,
            Order = OrderOf(a),
            Operator = OperatorOf(a),
            ResetSchedule = Text(a, "reset"),
            Metadata = a["metadata"]?.ToJsonString(),
            AreRanksEnabled = Flag(a, "enable_ranks") ?? true,
        });
        return null;
    }

    private async Task<JsonNode?> WriteRecordAsync(RpcContext context, JsonObject a)
    {
        var record = await nakama.Leaderboards.WriteRecordAsync(
            Text(a, "id")!, Id(a, "owner")!.Value, Text(a, "username"), (long?)a["score"] ?? 0, (long?)a["subscore"] ?? 0, a["metadata"]?.ToJsonString(),
            Text(a, "operator") is null ? null : OperatorOf(a));
        return WithoutNulls(new JsonObject
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
            ["expiry_time"] = record.ExpiryTime?.Seconds,
            ["rank"] = record.Rank,
        });
    }

    private async Task<JsonNode?> CreateTournamentAsync(RpcContext context, JsonObject a)
    {
        var now = TimeProvider.System.GetUtcNow();
        await nakama.Tournaments.CreateAsync(new TournamentDefinition(Text(a, "id")!, TimeSpan.FromSeconds((long?)a["duration"] ?? 3600))
        {
            IsAuthoritative = Flag(a, "authoritative") ?? false,
            Order = OrderOf(a),
            Operator = OperatorOf(a),
            ResetSchedule = Text(a, "reset"),
            Metadata = a["metadata"]?.ToJsonString(),
            Title = Text(a, "title") ?? "",
            Description = Text(a, "description") ?? "",
            Category = (int?)a["category"] ?? 0,
            StartTime = (long?)a["start"] is { } start ? now.AddSeconds(start) : null,
            EndTime = (long?)a["stop"] is { } stop ? now.AddSeconds(stop) : null,
            MaxSize = (int?)a["max_size"] ?? 0,
            MaxNumScore = (int?)a["max_num_score"] ?? 0,
            IsJoinRequired = Flag(a, "join_required") ?? false,
            AreRanksEnabled = true,
        });
        return null;
    }

    private async Task<JsonNode?> UpdateWalletAsync(RpcContext context, JsonObject a)
    {
        var changes = ((JsonObject)a["changeset"]!).ToDictionary(static change => change.Key, static change => (long)change.Value!);
        var result = await nakama.Wallets.UpdateAsync(UserOf(context, a), changes, a["metadata"]?.ToJsonString(), Flag(a, "ledger") ?? true);
        return new JsonObject
        {
            ["updated"] = JsonSerializer.SerializeToNode(result.Updated),
            ["previous"] = JsonSerializer.SerializeToNode(result.Previous),
        };
    }

    private static JsonObject Show(Nakama.Protocol.Api.Match match) => WithoutNulls(new JsonObject
    {
        ["match_id"] = match.MatchId,
        ["authoritative"] = match.Authoritative,
        ["label"] = match.Label,
        ["size"] = match.Size,
        ["tick_rate"] = match.Authoritative ? match.TickRate : null,
        ["handler_name"] = match.Authoritative ? match.HandlerName : null,
    });

    private static JsonNode? Show(Nakama.Protocol.Api.StorageObjectAck ack) => WithoutNulls(new JsonObject
    {
        ["collection"] = ack.Collection,
        ["key"] = ack.Key,
        ["user_id"] = ack.UserId.Length > 0 ? ack.UserId : null,
        ["version"] = ack.Version,
    });

    private static JsonNode? Show(Nakama.Protocol.Api.StorageObject item) => WithoutNulls(new JsonObject
    {
        ["collection"] = item.Collection,
        ["key"] = item.Key,
        ["user_id"] = item.UserId.Length > 0 ? item.UserId : null,
        ["version"] = item.Version,
        ["permission_read"] = item.PermissionRead,
        ["permission_write"] = item.PermissionWrite,
        ["create_time"] = item.CreateTime.Seconds,
        ["update_time"] = item.UpdateTime.Seconds,
        ["value"] = JsonNode.Parse(item.Value),
    });

    private static IEnumerable<JsonObject> Rows(JsonObject a) => ((JsonArray)a["objects"]!).Select(static row => (JsonObject)row!);

    private static StorageKey KeyOf(JsonObject row) => new(Text(row, "collection")!, Text(row, "key")!, Id(row, "user_id"));

    private static StorageWrite WriteOf(JsonObject row) => new(Text(row, "collection")!, Text(row, "key")!, row["value"]!.ToJsonString(), Id(row, "user_id"))
    {
        Version = Text(row, "version"),
        Read = (ReadPermission)((int?)row["permission_read"] ?? 1),
        Write = (WritePermission)((int?)row["permission_write"] ?? 1),
    };

    private static string? Text(JsonObject a, string name) => (string?)a[name];

    private static bool? Flag(JsonObject a, string name) => (bool?)a[name];

    private static Guid? Id(JsonObject a, string name) => Text(a, name) is { Length: > 0 } text ? Guid.Parse(text) : null;

    private static Guid UserOf(GameContext context, JsonObject a) => Id(a, "user_id") ?? context.UserId!.Value;

    private static List<Guid> Ids(JsonObject a) => [.. ((JsonArray)a["ids"]!).Select(static id => Guid.Parse((string)id!))];

    private static GameStream StreamOf(JsonObject a) => new((byte)a["mode"]!, Id(a, "subject") ?? default, default, Text(a, "label") ?? "");

    private static ScoreOrder OrderOf(JsonObject a) => Text(a, "sort") == "asc" ? ScoreOrder.Ascending : ScoreOrder.Descending;

    private static ScoreOperator OperatorOf(JsonObject a) => Text(a, "operator") switch
    {
        "set" => ScoreOperator.Set,
        "incr" => ScoreOperator.Increment,
        "decr" => ScoreOperator.Decrement,
        _ => ScoreOperator.Best,
    };

    private static Dictionary<string, object?>? Values(JsonObject? parameters) => parameters?.ToDictionary(static entry => entry.Key, static entry => entry.Value?.GetValueKind() switch
    {
        JsonValueKind.String => (object?)(string?)entry.Value,
        JsonValueKind.Number => (double)entry.Value,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    });
}
