using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.ConsoleSearch;
using Nakama.Tests.TestHost;
using Xunit.Abstractions;

namespace Nakama.Tests.Long;

/// <summary>The full-text index of operators over a large database: how fast it is filled and answers, and what it needs.</summary>
[Trait("Category", "Long")]
[Collection(nameof(LargeDatabase))]
public sealed class SearchingALargeDatabase(LargeDatabase database, ITestOutputHelper output)
{
    private const int LongestMs = 300;
    private const double Mebibyte = 1024 * 1024;

    // A wider search is stopped after this time and says so.
    private static readonly TimeSpan SearchLimit = TimeSpan.FromSeconds(1);

    private static readonly string[] Texts =
    [
        "Lostwizard777777", "lost wizard", "wizard", "player123456@example.com", "custom-314159", "goldenbaer", "dragon 424", "slot77", "quest-1234", "saves3", "clan-77", "item-4711",
        "catalogue golden bear", "Friends of Phoenix", "nobody has this", "crimson phoenix quest-42",
    ];

    /// <summary>How long storage objects are added, at least; set to more to fill the index by hand.</summary>
    private static readonly TimeSpan FillFor =
        TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("NAKAMA_LONG_FILL_SEC") ?? "60", CultureInfo.InvariantCulture));

    [Fact]
    public async Task It_is_filled_steadily_and_finds_names_by_any_part_of_them()
    {
        var folder = Directory.CreateTempSubdirectory("nakama-search-").FullName;
        var memory = Memory();
        await using var server = await TestServer.StartAsync(
            options => options with { DataDir = folder, Console = options.Console with { SearchMaxMb = 8192 } }, address: database.Address);
        using var admin = ConsoleCaller.Basic(server, "admin", "password");
        try
        {
            var (filledAfter, answer) = await FillAsync(admin);
            Report($"{SearchNode.RowsOf(answer)} rows after {filledAfter.TotalSeconds:0} s, {new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Length) / Mebibyte:0} MiB on disk, {Memory() - memory:0} MiB more on the heap, {Process.GetCurrentProcess().WorkingSet64 / Mebibyte:0} MiB resident");

            var times = new List<double>();
            for (var round = 0; round < 20; round++)
            {
                foreach (var text in Texts) times.Add((await GetAsync(admin, $"live/search?text={Uri.EscapeDataString(text)}&limit=50")).Ms);
            }

            times.Sort();
            Report($"search: p50 {times[times.Count / 2]:0.0} ms, p99 {times[times.Count * 99 / 100]:0.0} ms, slowest {times[^1]:0.0} ms");
            Assert.True(times[times.Count / 2] < LongestMs && times[times.Count * 99 / 100] < SearchLimit.TotalMilliseconds);

            await AssertFoundAsync(admin, "account?filter=%25WIZARD7777%25", "users", "username", "wizard7777");
            await AssertFoundAsync(admin, "account?filter=%2577777", "users", "username", "77777");
            await AssertFoundAsync(admin, "account?filter=%25zzz%25", "users", "username", null);
            await AssertFoundAsync(admin, "group?filter=%25rd%20lost%20777%25", "groups", "name", "rd lost 777");
            await AssertFoundAsync(admin, "group?filter=%25zzz%25", "groups", "name", null);
        }
        finally
        {
            await server.StopAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Waits until all players and groups are in the index, and objects have been added for some time.</summary>
    private async Task<(TimeSpan After, JsonElement Answer)> FillAsync(ConsoleCaller admin)
    {
        var started = Stopwatch.GetTimestamp();
        TimeSpan? named = null;
        while (true)
        {
            var (_, names) = await GetAsync(admin, "live/search?kinds=player&kinds=group&text=fill");
            var (_, all) = await GetAsync(admin, "live/search?text=fill");
            var after = Stopwatch.GetElapsedTime(started);
            if (named is null && !SearchNode.IsFilling(names))
            {
                named = after;
                Report($"players and groups filled after {after.TotalSeconds:0} s, with {SearchNode.RowsOf(all)} rows");
            }

            if (!SearchNode.IsFilling(all) || (named is not null && after > FillFor)) return (after, all);
            await Task.Delay(500);
        }
    }

    private async Task AssertFoundAsync(ConsoleCaller admin, string path, string list, string name, string? part)
    {
        var times = new List<double>();
        for (var i = 0; i < 6; i++)
        {
            var (ms, body) = await GetAsync(admin, path);
            var names = body.GetProperty(list).EnumerateArray().Select(item => item.GetProperty(name).GetString()!).ToArray();
            if (part is null)
            {
                Assert.Empty(names);
            }
            else
            {
                Assert.NotEmpty(names);
                Assert.All(names, found => Assert.Contains(part, found, StringComparison.OrdinalIgnoreCase));
            }

            times.Add(ms);
        }

        times.Sort();
        Report($"{path}: {times[0]:0.0} to {times[^1]:0.0} ms");
        Assert.True(times[3] < LongestMs);
    }

    private static async Task<(double Ms, JsonElement Body)> GetAsync(ConsoleCaller admin, string path)
    {
        var start = Stopwatch.GetTimestamp();
        var (status, body) = await admin.GetAsync("/v2/console/" + path);
        var ms = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Assert.True(status == HttpStatusCode.OK, $"{status} {body}");
        return (ms, body);
    }

    private static double Memory() => GC.GetTotalMemory(forceFullCollection: true) / Mebibyte;

    private void Report(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
