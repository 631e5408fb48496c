using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Database;
using Nakama.Server.Leaderboards;
using Nakama.Server.Tournaments;
using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.Leaderboards;

/// <summary>What tests do to leaderboards and tournaments, as game logic and as players, and what answers hold.</summary>
internal static class BoardCalls
{
    /// <summary>Makes a leaderboard of a name of its own and returns that.</summary>
    public static async Task<string> CreateBoardAsync(this TestServer server, Func<LeaderboardRequest, LeaderboardRequest>? change = null)
    {
        var draft = new LeaderboardRequest { Id = Unique.Name("lb"), AreRanksEnabled = true };
        draft = change?.Invoke(draft) ?? draft;
        Assert.True(await server.Services.GetRequiredService<LeaderboardDefinitions>().CreateAsync(draft, CancellationToken.None));
        return draft.Id;
    }

    /// <summary>Makes a tournament of an hour and returns its name.</summary>
    public static async Task<string> CreateTournamentAsync(this TestServer server, Func<TournamentRequest, TournamentRequest>? change = null)
    {
        var draft = new TournamentRequest { Id = Unique.Name("t"), Duration = 3600, AreRanksEnabled = true };
        draft = change?.Invoke(draft) ?? draft;
        Assert.True(await server.Services.GetRequiredService<TournamentDefinitions>().CreateAsync(draft, CancellationToken.None));
        return draft.Id;
    }

    /// <summary>Begins the round of a tournament that ends at a time, as its scheduler does.</summary>
    public static async Task BeginRoundAsync(this TestServer server, string id, long expiry) =>
        await server.Services.GetRequiredService<NpgsqlDataSource>().InTransactionAsync(
            async (connection, token) => await TournamentStore.BeginRoundAsync(connection, id, expiry, token), CancellationToken.None);

    /// <summary>Writes a record on behalf of the server.</summary>
    public static async Task<Nakama.Protocol.Api.LeaderboardRecord> SubmitAsync(this TestServer server, string id, Guid owner, long score, long subscore = 0)
    {
        var board = await server.Services.GetRequiredService<LeaderboardDefinitions>().RequireAsync(id, CancellationToken.None);
        return await server.Services.GetRequiredService<LeaderboardRecords>()
            .WriteAsync(board, new(owner, "", score, subscore, "", board.Operator), CancellationToken.None);
    }

    public static Task<ApiAnswer> ScoreAsync(this TestServer server, TestPlayer player, string id, object record) =>
        server.AsAsync(player.Token, $"POST /v2/leaderboard/{id}", record);

    public static Task<ApiAnswer> RecordsAsync(this TestServer server, TestPlayer player, string id, string query) =>
        server.AsAsync(player.Token, $"GET /v2/leaderboard/{id}?{query}");

    public static Task<ApiAnswer> AroundAsync(this TestServer server, TestPlayer player, string id, Guid owner, string query) =>
        server.AsAsync(player.Token, $"GET /v2/leaderboard/{id}/owner/{owner}?{query}");

    public static List<JsonElement> Records(this ApiAnswer answer) => answer.Items("records");

    public static List<JsonElement> Items(this ApiAnswer answer, string name) =>
        answer.Ok().Body.TryGetProperty(name, out var items) ? [.. items.EnumerateArray()] : [];

    public static IEnumerable<long> Scores(this ApiAnswer answer) => answer.Records().Select(record => record.Number("score"));

    public static IEnumerable<long> RanksOf(this ApiAnswer answer) => answer.Records().Select(record => record.Number("rank"));

    /// <summary>A number in either of its forms; 0 when it is left out.</summary>
    public static long Number(this JsonElement item, string name) =>
        !item.TryGetProperty(name, out var value) ? 0
        : value.ValueKind == JsonValueKind.String ? long.Parse(value.GetString()!, null) : value.GetInt64();

    /// <summary>The text, or nothing when it is left out.</summary>
    public static string Optional(this ApiAnswer answer, string name) =>
        answer.Ok().Body.TryGetProperty(name, out var value) ? value.GetString()! : "";
}
