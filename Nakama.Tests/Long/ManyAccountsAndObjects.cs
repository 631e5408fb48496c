using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Leaderboards.Ranks;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.TestHost;
using Npgsql;
using Xunit.Abstractions;

namespace Nakama.Tests.Long;

/// <summary>
/// Every list, search and count of operators with a million accounts and five million objects: how long it takes on a quiet machine, and how
/// many rows the database reads for it.
/// </summary>
[Trait("Category", "Long")]
[Collection(nameof(LargeDatabase))]
public sealed class ManyAccountsAndObjects(LargeDatabase database, ManyAccountsAndObjects.Node node, ITestOutputHelper output)
    : IClassFixture<ManyAccountsAndObjects.Node>, IAsyncLifetime
{
    private const int LongestMs = 300;

    // A list may look at a few rows more than it shows, such as those of other parties to a page, but not at a part of a table.
    private const int MostRows = 5000;
    private const int LargestPage = 1000;
    private const int Repeats = 6;

    private ConsoleCaller _admin = null!;
    private string _user = "";
    private string _busy = "";

    public async Task InitializeAsync()
    {
        await node.StartAsync(database);
        _admin = ConsoleCaller.Basic(node.Server, "admin", "password");
        // The first user has as much as 50 000 others.
        (_user, _busy) = (await database.UserAsync(777_777), await database.UserAsync(1));
    }

    public Task DisposeAsync()
    {
        _admin.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("account", 50)]
    [InlineData("account?filter=Lostwizard777777", 1)]
    [InlineData("account?filter=player777776@example.com", 1)]
    [InlineData("account?filter=device-777777", 1)]
    [InlineData("account?filter=custom-777777", 1)]
    [InlineData("account?filter={user}", 1)]
    [InlineData("account?filter=nobody-has-this", 0)]
    [InlineData("account?filter=golden%20bear%20424", 50)]
    [InlineData("account?filter=golden", 50)]
    [InlineData("account?filter=lostwizard7777%25", 1)]
    [InlineData("account?filter=nobody%25", 0)]
    [InlineData("account?tombstones=true", 50)]
    [InlineData("account?tombstones=true&filter={user}", 0)]
    [InlineData("account/{user}", 0)]
    [InlineData("account/{some}/group", 1)]
    [InlineData("account/{user}/friend", 0)]
    [InlineData("account/{busy}/note?limit=100", 100)]
    [InlineData("account/{busy}/wallet?limit=100", 100)]
    [InlineData("account/{busy}/wallet?limit=100&before=2026-03-01T00:00:00Z", 100)]
    [InlineData("group", 50)]
    [InlineData("group?filter=wizard%20Lost%2077777", 1)]
    [InlineData("group?filter={group}", 1)]
    [InlineData("group?filter=WIZARD%20lost%25", 50)]
    [InlineData("group?filter=nobody%25", 0)]
    [InlineData("group/{group}", 0)]
    [InlineData("group/{group}/member", 2)]
    [InlineData("group/{largest}/member", 2000)]
    [InlineData("storage", 100)]
    [InlineData("storage?collection=saves3", 100)]
    [InlineData("storage?collection=catalogue", 100)]
    [InlineData("storage?collection=saves3&key=slot7", 100)]
    [InlineData("storage?collection=saves3&key=slot7%25", 100)]
    [InlineData("storage?collection=saves3&key=slut%25", 0)]
    [InlineData("storage?collection=catalogue&key=item-19999%25", 11)]
    [InlineData("storage?collection=saves3&user_id={user}", 1)]
    [InlineData("storage?collection=saves3&key=slot77&user_id={user}", 1)]
    [InlineData("storage?collection=saves3&key=slot%25&user_id={user}", 1)]
    [InlineData("storage?user_id={user}", 5)]
    [InlineData("storage?user_id=00000000-0000-0000-0000-000000000000", 1000)]
    [InlineData("storage/collections", 6)]
    [InlineData("storage/saves3/slot77/{user}", 0)]
    [InlineData("leaderboard", 1)]
    [InlineData("leaderboard/arena/records?limit=100", 100)]
    [InlineData("leaderboard/arena/records?owner_ids={user}", 1)]
    [InlineData("notification?limit=1000", 1000)]
    [InlineData("notification?limit=100&user_id={busy}", 100)]
    [InlineData("notification?limit=100&user_id={user}", 1)]
    [InlineData("purchase?limit=100", 100)]
    [InlineData("purchase?limit=100&user_id={busy}", 100)]
    [InlineData("purchase?limit=100&before=2026-02-01T00:00:00Z", 100)]
    [InlineData("purchase?filter=purchase-77777", 1)]
    [InlineData("subscription?limit=100", 100)]
    [InlineData("channel?type=2&label=lobby", 50)]
    [InlineData("channel?type=2&label=room777", 50)]
    [InlineData("audit/log?limit=100", 100)]
    [InlineData("audit/log?limit=100&username=operator7", 100)]
    [InlineData("audit/log?limit=100&before=2026-02-01T00:00:00Z", 100)]
    [InlineData("audit/log/users", 0)]
    [InlineData("status", 0)]
    public Task A_page_comes_quickly_and_no_more_than_a_page_is_read(string path, int least) => AssertPageAsync(path, least, MostRows);

    // The schema has no index for these: the database looks through half a million payments or entries, or some thousand display names.
    [Theory]
    [InlineData("audit/log?limit=100&username=seldom", 1)]
    [InlineData("audit/log?limit=100&action=DELETE", 0)]
    [InlineData("account?filter=LOST%25", 50)]
    [InlineData("purchase?limit=100&user_id={some}", 1)]
    [InlineData("subscription?limit=100&user_id={some}", 1)]
    public Task What_has_no_index_of_its_own_comes_quickly(string path, int least) => AssertPageAsync(path, least, long.MaxValue);

    [Theory]
    [InlineData("account", "users", 200)]
    [InlineData("group", "groups", 200)]
    [InlineData("group?filter=WIZARD%20lost%25", "groups", 5)]
    [InlineData("storage", "objects", 200)]
    [InlineData("storage?collection=saves3", "objects", 200)]
    [InlineData("storage?collection=saves3&key=slot77", "objects", 90)]
    [InlineData("storage?collection=saves3&key=slot7%25", "objects", 200)]
    [InlineData("storage?user_id=00000000-0000-0000-0000-000000000000", "objects", 100)]
    public async Task The_last_of_many_pages_comes_as_quickly_as_the_first(string path, string items, int pages)
    {
        var (cursor, times, seen) = ("", new List<double>(), new HashSet<string>());
        var before = await node.ReadsAsync(database);
        for (var i = 0; i < pages; i++)
        {
            var (ms, body) = await GetAsync($"/v2/console/{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={Uri.EscapeDataString(cursor)}");
            times.Add(ms);
            foreach (var item in body.GetProperty(items).EnumerateArray()) Assert.True(seen.Add(item.GetRawText()));
            cursor = body.GetProperty("next_cursor").GetString()!;
            Assert.NotEmpty(cursor);
        }

        await AssertPagesAsync(path, before, times, pages);
    }

    [Theory]
    [InlineData("notification?limit=100", "notifications", "next_cursor", "prev_cursor")]
    [InlineData("notification?limit=100&user_id={busy}", "notifications", "next_cursor", "prev_cursor")]
    [InlineData("account/{busy}/wallet?limit=100", "items", "next_cursor", "prev_cursor")]
    [InlineData("leaderboard/arena/records?limit=100", "records", "next_cursor", "prev_cursor")]
    [InlineData("purchase?limit=100", "validated_purchases", "cursor", "prev_cursor")]
    [InlineData("purchase?limit=100&user_id={busy}", "validated_purchases", "cursor", "prev_cursor")]
    [InlineData("audit/log?limit=100", "entries", "next_cursor", "prev_cursor")]
    [InlineData("audit/log?limit=100&username=operator7", "entries", "next_cursor", "prev_cursor")]
    [InlineData("channel?type=2&label=lobby", "messages", "next_cursor", "prev_cursor")]
    public async Task Pages_lead_back_the_way_they_came(string path, string items, string next, string previous)
    {
        const int Pages = 100;
        const int Back = 20;
        var url = $"/v2/console/{path.Replace("{busy}", _busy, StringComparison.Ordinal)}&cursor=";
        var (cursor, times, seen) = ("", new List<double>(), new List<string[]>());
        var before = await node.ReadsAsync(database);
        for (var i = 0; i < Pages + Back; i++)
        {
            var (ms, body) = await GetAsync(url + Uri.EscapeDataString(cursor));
            times.Add(ms);
            var page = body.GetProperty(items).EnumerateArray().Select(static item => item.GetRawText()).ToArray();
            if (i < Pages) seen.Add(page);
            else Assert.Equal(seen[Pages - 2 - (i - Pages)].Order(StringComparer.Ordinal), page.Order(StringComparer.Ordinal));
            cursor = body.GetProperty(i < Pages - 1 ? next : previous).GetString()!;
            Assert.NotEmpty(cursor);
        }

        Assert.Equal(seen.Sum(static page => page.Length), seen.SelectMany(static page => page).Distinct().Count());
        await AssertPagesAsync(path, before, times, Pages + Back);
    }

    private async Task AssertPageAsync(string path, int least, long mostRows)
    {
        var url = "/v2/console/" + path.Replace("{user}", _user, StringComparison.Ordinal).Replace("{busy}", _busy, StringComparison.Ordinal)
            .Replace("{some}", await database.UserAsync(77_777), StringComparison.Ordinal)
            .Replace("{group}", await database.GroupAsync(777), StringComparison.Ordinal).Replace("{largest}", await database.GroupAsync(1), StringComparison.Ordinal);
        var before = await node.ReadsAsync(database);
        var (_, body) = await GetAsync(url);
        var read = RowsBetween(before, await node.ReadsAsync(database));
        var times = new List<double>();
        for (var i = 0; i < Repeats; i++) times.Add((await GetAsync(url)).Ms);

        times.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {times[0]:0.0} to {times[^1]:0.0} ms, {read} rows read"));
        Assert.InRange(read, 0, mostRows);
        Assert.True(times[Repeats / 2] < LongestMs, string.Create(CultureInfo.InvariantCulture, $"{times[Repeats / 2]:0} ms"));
        var lists = body.EnumerateObject().Where(static member => member.Value.ValueKind == JsonValueKind.Array).ToArray();
        if (least > 0) Assert.InRange(lists.Max(static list => list.Value.GetArrayLength()), least, Math.Max(least, LargestPage));
        if (body.TryGetProperty("total_count", out var total)) Assert.True(total.GetInt32() >= least);
    }

    private static long RowsBetween(Dictionary<string, long> before, Dictionary<string, long> after) => after.Sum(table => table.Value - before[table.Key]);

    private async Task AssertPagesAsync(string path, Dictionary<string, long> before, List<double> times, int pages)
    {
        var after = await node.ReadsAsync(database);
        var read = RowsBetween(before, after);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: first page {times[0]:0.0} ms, page {pages} {times[^1]:0.0} ms, slowest {times.Max():0.0} ms, {read / pages} rows read for each"));
        Assert.InRange(read / pages, 0, MostRows);
        // A few of them may have met a collection of garbage, or another process that had the processor.
        Assert.True(times.Order().ElementAt(times.Count * 95 / 100) < LongestMs, string.Create(CultureInfo.InvariantCulture, $"{times.Max():0} ms"));
    }

    private async Task<(double Ms, JsonElement Body)> GetAsync(string url)
    {
        var start = Stopwatch.GetTimestamp();
        var (status, body) = await _admin.GetAsync(url);
        var ms = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Assert.True(status == HttpStatusCode.OK, $"{status} {body}");
        return (ms, body);
    }

    /// <summary>A node on the large database, with the ranks of all records in memory.</summary>
    public sealed class Node : IAsyncLifetime
    {
        internal TestServer Server { get; private set; } = null!;

        public Task InitializeAsync() => Task.CompletedTask;

        public Task DisposeAsync() => Server is null ? Task.CompletedTask : Server.DisposeAsync().AsTask();

        internal async Task StartAsync(LargeDatabase database)
        {
            if (Server is not null) return;
            Server = await TestServer.StartAsync(address: database.Address);
            var ranks = Server.Services.GetRequiredService<RankCache>();
            while (ranks.CountOf("arena", 0) < LargeDatabase.Records) await Task.Delay(100);
        }

        internal Task<Dictionary<string, long>> ReadsAsync(LargeDatabase database) =>
            database.ReadsAsync(Server.Services.GetRequiredService<NpgsqlDataSource>());
    }
}
