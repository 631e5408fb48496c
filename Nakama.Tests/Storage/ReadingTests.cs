using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Storage;

public sealed class ReadingTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly string _collection = Unique.Name();

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task Others_see_what_is_public_and_owners_what_is_not_hidden()
    {
        var (player, other) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        for (var read = 0; read <= 2; read++) (await Server.WriteAsync(player, Item($"r{read}", read))).Ok();

        Assert.Equal(["r1", "r2"], (await Server.ReadAsync(player, _collection, player.UserId, "r0", "r1", "r2")).Keys().Order());
        Assert.Equal(["r2"], (await Server.ReadAsync(other, _collection, player.UserId, "r0", "r1", "r2")).Keys());
        Assert.Equal(["r1", "r2"], (await Server.ListAsync(player, _collection, player.UserId)).Keys());
        Assert.Equal(["r2"], (await Server.ListAsync(other, _collection, player.UserId)).Keys());
        Assert.Equal(["r2"], (await Server.ListAsync(other, _collection, null)).Keys());
        Assert.Empty((await Server.ListAsync(other, _collection, Guid.Empty)).Keys());
    }

    [Fact]
    public async Task Reading_without_an_owner_reads_what_the_system_owns()
    {
        var player = await Server.AuthenticateAsync();
        (await Server.WriteAsync(player, Item("k", 2))).Ok();

        Assert.Empty((await Server.ReadAsync(player, _collection, null, "k")).Keys());
    }

    [Fact]
    public async Task A_repeated_id_is_answered_twice_only_where_two_parts_of_the_ids_differ()
    {
        var player = await Server.AuthenticateAsync();
        (await Server.WriteAsync(player, Item("a", 1), Item("b", 1))).Ok();
        object Id(string key, string collection) => new { collection, key, user_id = player.UserId };
        Task<ApiAnswer> ReadAsync(params object[] object_ids) => Server.AsAsync(player.Token, "POST /v2/storage", new { object_ids });

        Assert.Equal(["a", "b"], (await ReadAsync(Id("a", _collection), Id("a", _collection), Id("b", _collection))).Keys().Order());
        Assert.Equal(["a", "a"], (await ReadAsync(Id("a", _collection), Id("a", _collection), Id("b", "other"))).Keys());
        Assert.Equal(["a"], (await ReadAsync(Id("a", _collection), Id("a", _collection))).Keys());
    }

    [Fact]
    public async Task Bad_reads_are_refused_and_empty_requests_do_nothing()
    {
        var player = await Server.AuthenticateAsync();

        (await Server.ReadAsync(player, "", player.UserId, "k")).Refused(400, 3, "Invalid collection or key value supplied. They must be set.");
        (await Server.ReadAsync(player, _collection, Guid.Empty, "k")).Refused(400, 3, "Invalid user ID - make sure user ID is a valid UUID.");
        (await Server.AsAsync(player.Token, "POST /v2/storage", new { object_ids = new[] { new { collection = "c", key = "k", user_id = "bad" } } }))
            .Refused(400, 3, "Invalid user ID - make sure user ID is a valid UUID.");
        foreach (var request in new[] { "POST /v2/storage", "PUT /v2/storage", "PUT /v2/storage/delete" })
            Assert.Empty((await Server.AsAsync(player.Token, request, new { })).Ok().Body.EnumerateObject());
    }

    [Theory]
    [InlineData("own", 7)]
    [InlineData("shared", 3)]
    [InlineData("public", 10)]
    public async Task Pages_follow_each_other_without_gap_or_repeat(string list, int count)
    {
        var (player, other) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        (await Server.WriteAsync(player, [.. Enumerable.Range(0, 7).Select(i => Item($"k{i}ü", i % 2 == 0 ? 1 : 2))])).Ok();
        (await Server.WriteAsync(other, [.. Enumerable.Range(0, 7).Select(i => Item($"k{i}ü", 2))])).Ok();
        var reader = list == "shared" ? other : player;
        Guid? owner = list == "public" ? null : player.UserId;

        var (paged, cursor) = (new List<string>(), "");
        do
        {
            var page = (await Server.ListAsync(reader, _collection, owner, 2, cursor)).Ok();
            Assert.True(page.Objects().Count is 1 or 2);
            paged.AddRange(Places(page));
            cursor = page.Body.TryGetProperty("cursor", out var next) ? next.GetString()! : "";
        }
        while (cursor.Length > 0);

        Assert.Equal(Places(await Server.ListAsync(reader, _collection, owner, 100)), paged);
        Assert.Equal(count, paged.Distinct().Count());
    }

    [Theory]
    [InlineData("limit=0", "Invalid limit - limit must be between 1 and 100.")]
    [InlineData("limit=101", "Invalid limit - limit must be between 1 and 100.")]
    [InlineData("limit=-5", "Invalid limit - limit must be between 1 and 100.")]
    [InlineData("user_id=x", "Invalid user ID - make sure user ID is a valid UUID.")]
    [InlineData("cursor=!!", "Malformed cursor was used.")]
    [InlineData("cursor=AAAA", "Malformed cursor was used.")]
    [InlineData("cursor=AQACAAAAAAAAAAAAAAAAAAAAAP8", "Malformed cursor was used.")]
    [InlineData("cursor=AQACAAAAAAAAAAAAAAAAAAAAAAA", "Malformed cursor was used.")]
    public async Task Bad_lists_are_refused(string query, string message)
    {
        var player = await Server.AuthenticateAsync();

        (await Server.AsAsync(player.Token, $"GET /v2/storage/{_collection}?{query}")).Refused(400, 3, message);
    }

    [Fact]
    public async Task A_list_shows_one_object_unless_told_otherwise()
    {
        var player = await Server.AuthenticateAsync();
        (await Server.WriteAsync(player, Item("a", 1), Item("b", 1))).Ok();

        var page = (await Server.AsAsync(player.Token, $"GET /v2/storage/{_collection}/{player.UserId}")).Ok();

        Assert.Equal(["a"], page.Keys());
        Assert.Matches("^[A-Za-z0-9_-]+$", page.Text("cursor"));
    }

    private object Item(string key, int read) => new { collection = _collection, key, value = "{}", permission_read = read };

    private static IEnumerable<string> Places(ApiAnswer answer) =>
        answer.Objects().Select(item => $"{item.GetProperty("key").GetString()} of {item.GetProperty("user_id").GetString()}");
}
