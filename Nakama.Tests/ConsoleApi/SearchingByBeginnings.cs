using System.Globalization;
using Nakama.Tests.Authentication;
using Nakama.Tests.Groups;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleApi;

/// <summary>Names and keys by their beginning, in databases that sort by bytes and in those that sort as people do.</summary>
public abstract class SearchingByBeginnings(string options) : IAsyncLifetime
{
    private string _database = "";
    private TestServer _server = null!;
    private ConsoleCaller _admin = null!;

    public async Task InitializeAsync()
    {
        _database = await Postgres.CreateEmptyDatabaseAsync(options);
        var postgres = await Postgres.ServerAsync();
        await Postgres.MigrateAsync(postgres.ConnectionString(_database));
        _server = await TestServer.StartAsync(address: postgres.Address(_database));
        _admin = ConsoleCaller.Basic(_server, "admin", "password");
    }

    public async Task DisposeAsync()
    {
        _admin.Dispose();
        await _server.DisposeAsync();
        await Postgres.DropDatabaseAsync(_database);
    }

    [Fact]
    public async Task Usernames_are_found_whatever_their_case()
    {
        foreach (var name in new[] { "dragon", "Dragon77", "DRAGONfly", "dRaGoN_x", "Drago", "dragom", "Drag on", "dräGon", "dragoo", "zebra", "Aardvark" })
            await _server.AuthenticateAsync(name);

        Assert.Equal(["DRAGONfly", "Dragon77", "dRaGoN_x", "dragon"], await NamesAsync("account?filter=dRAGON%25", "users", "username"));
        Assert.Equal(["dRaGoN_x"], await NamesAsync("account?filter=dragon_%25", "users", "username"));
        Assert.Empty(await NamesAsync("account?filter=dragonx%25", "users", "username"));
    }

    [Fact]
    public async Task Pages_of_groups_go_on_where_the_last_one_ended()
    {
        var owner = await _server.AuthenticateAsync();
        var expected = new List<string>();
        for (var i = 0; i < 130; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{(i % 3 == 0 ? "Red" : i % 3 == 1 ? "RED" : "red")} {i}");
            await _server.CreateGroupAsync(owner, name: name);
            expected.Add(name);
        }

        await _server.CreateGroupAsync(owner, name: "Ree");
        var (names, cursor) = (new List<string>(), "");
        do
        {
            var (_, page) = await _admin.GetAsync($"/v2/console/group?filter=rED%25&cursor={Uri.EscapeDataString(cursor)}");
            names.AddRange(page.GetProperty("groups").EnumerateArray().Select(static group => group.GetProperty("name").GetString()!));
            cursor = page.GetProperty("next_cursor").GetString()!;
        }
        while (cursor.Length > 0);

        Assert.Equal(expected.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Keys_are_found_by_their_exact_beginning_over_several_pages()
    {
        var owner = await _server.AuthenticateAsync();
        foreach (var some in Enumerable.Range(0, 250).Chunk(50))
        {
            var objects = some.Select(static i => new { collection = "saves", key = string.Create(CultureInfo.InvariantCulture, $"{(i % 4 == 0 ? "SLOT" : "slot")}_{i:000}"), value = "{}" });
            (await _server.AsAsync(owner.Token, "PUT /v2/storage", new { objects })).Ok();
        }

        var (count, cursor) = (0, "");
        do
        {
            var (_, page) = await _admin.GetAsync($"/v2/console/storage?collection=saves&key=slot_%25&cursor={Uri.EscapeDataString(cursor)}");
            foreach (var item in page.GetProperty("objects").EnumerateArray())
            {
                Assert.StartsWith("slot_", item.GetProperty("key").GetString(), StringComparison.Ordinal);
                count++;
            }

            cursor = page.GetProperty("next_cursor").GetString()!;
        }
        while (cursor.Length > 0);

        Assert.Equal(187, count);
    }

    private async Task<IEnumerable<string>> NamesAsync(string path, string list, string name)
    {
        var (_, body) = await _admin.GetAsync("/v2/console/" + path);
        return body.GetProperty(list).EnumerateArray().Select(item => item.GetProperty(name).GetString()!).Order(StringComparer.Ordinal);
    }

    public sealed class ByBytes() : SearchingByBeginnings("");

    public sealed class AsPeopleSort() : SearchingByBeginnings("LOCALE_PROVIDER icu ICU_LOCALE 'en-US'");
}
