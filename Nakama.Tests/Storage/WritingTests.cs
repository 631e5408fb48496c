using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Storage;

public sealed class WritingTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string VersionRefused = "Storage write rejected - version check failed.";
    private const string PermissionRefused = "Storage write rejected - permission denied.";
    private const string DeleteRefused = "Storage delete rejected - not found, version check failed, or permission denied.";

    private readonly string _collection = Unique.Name();

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_version_is_the_md5_of_the_text_and_the_value_what_the_database_makes_of_it()
    {
        const string Text = """{"bb":1,"a":[1,2]}""";
        var player = await Server.AuthenticateAsync();

        var ack = Assert.Single((await Server.WriteAsync(player, Item("k", Text))).Acks());
        var item = Assert.Single((await Server.ReadAsync(player, _collection, player.UserId, "k")).Objects());

        Assert.Equal("216d041f201ed133beea8c76555f6637", ack.Version());
        Assert.Equal(("""{"a": [1, 2], "bb": 1}""", ack.Version()), (item.Value(), item.Version()));
        Assert.Equal(player.UserId, item.GetProperty("user_id").GetGuid());
        Assert.Equal((1, 1), (item.GetProperty("permission_read").GetInt32(), item.GetProperty("permission_write").GetInt32()));
        Assert.Matches(@"T\d\d:\d\d:\d\dZ$", item.GetProperty("create_time").GetString());
        Assert.Matches(@"T\d\d:\d\d:\d\d(\.\d{3}|\.\d{6})?Z$", ack.GetProperty("create_time").GetString());
    }

    [Theory]
    [InlineData("", "k", "{}", 1, 1, "Invalid collection or key value supplied. They must be set.")]
    [InlineData("c", "", "{}", 1, 1, "Invalid collection or key value supplied. They must be set.")]
    [InlineData("c", "k", "", 1, 1, "Invalid collection or key value supplied. They must be set.")]
    [InlineData("c", "k", "{}", 3, 2, "Invalid Read permission supplied. It must be either 0, 1 or 2.")]
    [InlineData("c", "k", "{}", -1, 1, "Invalid Read permission supplied. It must be either 0, 1 or 2.")]
    [InlineData("c", "k", "[]", 1, 2, "Invalid Write permission supplied. It must be either 0 or 1.")]
    [InlineData("c", "k", "[]", 1, 1, "Value must be a JSON object.")]
    [InlineData("c", "k", "null", 1, 1, "Value must be a JSON object.")]
    [InlineData("c", "k", "{} x", 1, 1, "Value must be a JSON object.")]
    [InlineData("c", "k", "{} {}", 1, 1, "Value must be a JSON object.")]
    [InlineData("c", "k", "{/**/}", 1, 1, "Value must be a JSON object.")]
    [InlineData("c", "k", "{'a':1}", 1, 1, "Value must be a JSON object.")]
    [InlineData("c", "k", "{\"a\":1,}", 1, 1, "Value must be a JSON object.")]
    [InlineData("c", "k", "{\"a\":", 1, 1, "Value must be a JSON object.")]
    public async Task What_is_no_object_is_refused(string collection, string key, string value, int read, int write, string message)
    {
        var player = await Server.AuthenticateAsync();

        (await Server.WriteAsync(player, new { collection, key, value, permission_read = read, permission_write = write })).Refused(400, 3, message);
    }

    [Theory]
    [InlineData(1, """{"a":"\ud800"}""")]
    [InlineData(129, "{}")]
    public async Task What_the_database_refuses_is_an_internal_error(int keyLength, string value)
    {
        var player = await Server.AuthenticateAsync();

        (await Server.WriteAsync(player, Item(new string('k', keyLength), value))).Refused(500, 13, "Error writing storage objects.");
    }

    [Fact]
    public async Task Names_are_limited_in_characters_and_blanks_around_a_value_are_fine()
    {
        var player = await Server.AuthenticateAsync();
        var key = new string('é', 128);

        (await Server.WriteAsync(player, Item(key, " \n{ } \t"))).Ok();

        Assert.Equal("{}", Assert.Single((await Server.ReadAsync(player, _collection, player.UserId, key)).Objects()).Value());
    }

    [Fact]
    public async Task An_identical_object_is_left_alone_and_acknowledged()
    {
        var player = await Server.AuthenticateAsync();

        var first = (await Server.WriteAsync(player, Item("k"))).Acks()[0];
        var second = (await Server.WriteAsync(player, Item("k"))).Acks()[0];
        var third = (await Server.WriteAsync(player, new { collection = _collection, key = "k", value = "{}", permission_read = 2 })).Acks()[0];

        Assert.Equal(first.GetProperty("update_time").GetString(), second.GetProperty("update_time").GetString());
        Assert.NotEqual(first.GetProperty("update_time").GetString(), third.GetProperty("update_time").GetString());
        Assert.Equal(first.GetProperty("create_time").GetString(), third.GetProperty("create_time").GetString());
    }

    [Fact]
    public async Task A_version_must_match_and_a_star_must_find_nothing()
    {
        var player = await Server.AuthenticateAsync();
        (await Server.WriteAsync(player, Item("k", "{}", "bogus"))).Refused(400, 3, VersionRefused);
        var version = (await Server.WriteAsync(player, Item("k", "{}", "*"))).Acks()[0].Version();

        (await Server.WriteAsync(player, Item("k", """{"n":1}""", "*"))).Refused(400, 3, VersionRefused);
        (await Server.WriteAsync(player, Item("k", """{"n":1}""", version))).Ok();
        (await Server.WriteAsync(player, Item("k", """{"n":2}""", version))).Refused(400, 3, VersionRefused);

        Assert.Equal("""{"n": 1}""", Assert.Single((await Server.ReadAsync(player, _collection, player.UserId, "k")).Objects()).Value());
    }

    [Fact]
    public async Task Without_write_permission_an_object_stays_as_it_is()
    {
        var player = await Server.AuthenticateAsync();
        var locked = new { collection = _collection, key = "k", value = "{}", permission_write = 0 };
        var version = (await Server.WriteAsync(player, locked)).Acks()[0].Version();

        (await Server.WriteAsync(player, locked)).Refused(400, 3, PermissionRefused);
        (await Server.WriteAsync(player, Item("k", """{"n":1}"""))).Refused(400, 3, PermissionRefused);
        (await Server.WriteAsync(player, Item("k", """{"n":1}""", version))).Refused(400, 3, PermissionRefused);
        (await Server.WriteAsync(player, Item("k", """{"n":1}""", "other"))).Refused(400, 3, PermissionRefused);
        (await Server.WriteAsync(player, Item("k", """{"n":1}""", "*"))).Refused(400, 3, VersionRefused);
        (await Server.DeleteAsync(player, Id("k"))).Refused(400, 3, DeleteRefused);
    }

    [Fact]
    public async Task A_request_is_all_or_nothing_and_acknowledged_in_its_order()
    {
        var player = await Server.AuthenticateAsync();

        var acks = (await Server.WriteAsync(player, Item("z", """{"n":1}"""), Item("a", """{"n":2}"""), Item("z", """{"n":3}"""))).Acks();
        (await Server.WriteAsync(player, Item("a", """{"n":4}"""), Item("z", """{"n":5}""", "*"))).Refused(400, 3, VersionRefused);

        Assert.Equal(["z", "a", "z"], acks.Select(ack => ack.GetProperty("key").GetString()!));
        Assert.Equal(
            ["""{"n": 2}""", """{"n": 3}"""],
            (await Server.ListAsync(player, _collection, player.UserId)).Objects().Select(item => item.Value()));
    }

    [Fact]
    public async Task Of_many_writers_with_one_version_one_wins()
    {
        var player = await Server.AuthenticateAsync();

        var creators = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Server.WriteAsync(player, Item("k", $$"""{"n":{{n}}}""", "*"))));
        var version = Assert.Single(OneWinner(creators).Acks()).Version();
        var writers = await Task.WhenAll(Enumerable.Range(100, 16).Select(n => Server.WriteAsync(player, Item("k", $$"""{"n":{{n}}}""", version))));
        var winner = Assert.Single(OneWinner(writers).Acks()).Version();

        Assert.Equal(winner, Assert.Single((await Server.ReadAsync(player, _collection, player.UserId, "k")).Objects()).Version());
    }

    [Fact]
    public async Task Writers_of_the_same_objects_in_any_order_do_not_stop_each_other()
    {
        var player = await Server.AuthenticateAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(n =>
        {
            var items = Enumerable.Range(0, 10).Select(i => Item($"k{i}", $$"""{"n":{{n}}}""")).ToArray();
            new Random(n).Shuffle(items);
            return Server.WriteAsync(player, items);
        }));

        Assert.All(answers, answer => answer.Ok());
        var values = (await Server.ListAsync(player, _collection, player.UserId, 100)).Objects().Select(item => item.Value());
        Assert.Single(values.Distinct());
    }

    [Fact]
    public async Task Blind_writers_of_one_new_object_all_succeed()
    {
        var player = await Server.AuthenticateAsync();

        var same = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Server.WriteAsync(player, Item("same"))));
        var different = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Server.WriteAsync(player, Item("other", $$"""{"n":{{n}}}"""))));

        Assert.All(same.Concat(different), answer => answer.Ok());
    }

    [Fact]
    public async Task A_deletion_takes_all_or_nothing()
    {
        var player = await Server.AuthenticateAsync();
        var version = (await Server.WriteAsync(player, Item("a"), Item("b"))).Acks()[0].Version();

        (await Server.DeleteAsync(player, Id("a"), Id("never"))).Refused(400, 3, DeleteRefused);
        (await Server.DeleteAsync(player, new { collection = _collection, key = "a", version = "bad" })).Refused(400, 3, DeleteRefused);
        (await Server.DeleteAsync(player, new { collection = "", key = "a" })).Refused(400, 3, "Invalid collection or key value supplied. They must be set.");
        Assert.Equal(["a", "b"], (await Server.ListAsync(player, _collection, player.UserId)).Keys());

        (await Server.DeleteAsync(player, new { collection = _collection, key = "b", version }, Id("a"))).Ok();
        Assert.Empty((await Server.ListAsync(player, _collection, player.UserId)).Keys());
        (await Server.DeleteAsync(player, Id("a"))).Refused(400, 3, DeleteRefused);
    }

    [Fact]
    public async Task Nobody_deletes_what_belongs_to_another()
    {
        var (player, other) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        (await Server.WriteAsync(player, new { collection = _collection, key = "k", value = "{}", permission_read = 2 })).Ok();

        (await Server.DeleteAsync(other, new { collection = _collection, key = "k", user_id = player.UserId })).Refused(400, 3, DeleteRefused);

        Assert.Single((await Server.ReadAsync(other, _collection, player.UserId, "k")).Objects());
    }

    [Fact]
    public async Task The_database_may_be_as_strict_as_it_likes()
    {
        await using var server = await TestServer.StartAsync(options => options with
        {
            Database = options.Database with { Address = [Strict(options.Database.Address[0])] },
        });
        var device = Unique.Id();

        var logins = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.WithKeyAsync("/v2/account/authenticate/device", new { id = device })));
        var player = new TestPlayer(logins[0].Ok().Text("token"), "", Guid.Empty, "", device);
        var writes = await Task.WhenAll(Enumerable.Range(0, 5).Select(n => server.WriteAsync(player, Item("k", $$"""{"n":{{n}}}""", "*"))));

        Assert.All(logins, login => login.Ok());
        OneWinner(writes).Ok();
    }

    private static string Strict(string address) =>
        address + (address.Contains('?') ? '&' : '?') + "options=-c%20default_transaction_isolation%3Dserializable";

    private static ApiAnswer OneWinner(ApiAnswer[] answers)
    {
        var winner = Assert.Single(answers, answer => (int)answer.Status == 200);
        Assert.All(answers.Where(answer => answer != winner), answer => answer.Refused(400, 3, VersionRefused));
        return winner;
    }

    private object Item(string key, string value = "{}", string version = "") => new { collection = _collection, key, value, version };

    private object Id(string key) => new { collection = _collection, key };
}
