using Nakama.Tests.TestHost;

namespace Nakama.Tests.Sdk;

/// <summary>The official .NET client, unmodified, over requests.</summary>
public sealed class DotNetClient(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const int NotFound = 5;
    private const int InvalidArgument = 3;

    private readonly Client _client = fixture.Server.Client();

    [Fact]
    public async Task A_device_signs_in_as_the_same_player_again()
    {
        var (device, name) = (Unique.Id(), Unique.Name());

        var first = await _client.AuthenticateDeviceAsync(device, name, true, new Dictionary<string, string> { ["level"] = "one" });
        var second = await _client.AuthenticateDeviceAsync(device);

        Assert.True(first.Created);
        Assert.False(second.Created);
        Assert.Equal(first.UserId, second.UserId);
        Assert.Equal(name, second.Username);
        Assert.Equal("one", first.Vars["level"]);
    }

    [Fact]
    public async Task An_unknown_player_who_may_not_be_made_is_refused_with_code_and_sentence()
    {
        var refusal = await Assert.ThrowsAsync<ApiResponseException>(() => _client.AuthenticateCustomAsync(Unique.Id(), create: false));

        Assert.Equal(404, refusal.StatusCode);
        Assert.Equal(NotFound, refusal.GrpcStatusCode);
        Assert.Equal("User account not found.", refusal.Message);
    }

    [Fact]
    public async Task Email_and_password_sign_in_and_a_wrong_password_does_not()
    {
        var email = Unique.Email();
        var session = await _client.AuthenticateEmailAsync(email, "a secret of mine", Unique.Name());

        var again = await _client.AuthenticateEmailAsync(email.ToUpperInvariant(), "a secret of mine", create: false);
        var refusal = await Assert.ThrowsAsync<ApiResponseException>(() => _client.AuthenticateEmailAsync(email, "something else", create: false));

        Assert.Equal(session.UserId, again.UserId);
        Assert.Equal(401, refusal.StatusCode);
    }

    [Fact]
    public async Task A_session_is_refreshed_and_after_logging_out_worth_nothing()
    {
        var session = await _client.AuthenticateDeviceAsync(Unique.Id());

        var fresh = await _client.SessionRefreshAsync(session);
        await _client.GetAccountAsync(fresh);
        await _client.SessionLogoutAsync(fresh);

        // Without the refresh token the client cannot quietly sign in anew.
        var worthless = Session.Restore(fresh.AuthToken);
        var refusal = await Assert.ThrowsAsync<ApiResponseException>(() => _client.GetAccountAsync(worthless));
        Assert.Equal(401, refusal.StatusCode);
    }

    [Fact]
    public async Task An_account_is_changed_and_read_back()
    {
        var session = await _client.AuthenticateDeviceAsync(Unique.Id());
        var name = Unique.Name();

        await _client.UpdateAccountAsync(session, name, "Åse 漢字 🙂", "https://example.com/a.png", "nb", "Bergen", "Europe/Oslo");
        var account = await _client.GetAccountAsync(session);

        Assert.Equal(name, account.User.Username);
        Assert.Equal("Åse 漢字 🙂", account.User.DisplayName);
        Assert.Equal("https://example.com/a.png", account.User.AvatarUrl);
        Assert.Equal("nb", account.User.LangTag);
        Assert.Equal("Bergen", account.User.Location);
        Assert.Equal("Europe/Oslo", account.User.Timezone);
    }

    [Fact]
    public async Task A_second_way_in_is_linked_and_unlinked()
    {
        var session = await _client.AuthenticateDeviceAsync(Unique.Id());
        var custom = Unique.Id();

        await _client.LinkCustomAsync(session, custom);
        var byCustom = await _client.AuthenticateCustomAsync(custom, create: false);
        await _client.UnlinkCustomAsync(session, custom);

        Assert.Equal(session.UserId, byCustom.UserId);
        await Assert.ThrowsAsync<ApiResponseException>(() => _client.AuthenticateCustomAsync(custom, create: false));
    }

    [Fact]
    public async Task Others_are_found_by_id_and_by_name()
    {
        var (anna, ben) = (await _client.AuthenticateDeviceAsync(Unique.Id()), await _client.AuthenticateDeviceAsync(Unique.Id()));

        var users = await _client.GetUsersAsync(anna, [ben.UserId], [anna.Username]);

        Assert.Equal([.. new[] { anna.UserId, ben.UserId }.Order()], users.Users.Select(user => user.Id).Order());
    }

    [Fact]
    public async Task Objects_are_written_read_listed_by_pages_and_deleted()
    {
        var session = await _client.AuthenticateDeviceAsync(Unique.Id());
        var collection = Unique.Name("c");
        WriteStorageObject[] objects = [.. "abc".Select(key => new WriteStorageObject { Collection = collection, Key = $"{key}", Value = $$"""{"key":"{{key}}"}""" })];

        var acks = await _client.WriteStorageObjectsAsync(session, objects);
        var read = await _client.ReadStorageObjectsAsync(session, [new StorageObjectId { Collection = collection, Key = "b", UserId = session.UserId }]);
        var first = await _client.ListUsersStorageObjectsAsync(session, collection, session.UserId, 2);
        var second = await _client.ListUsersStorageObjectsAsync(session, collection, session.UserId, 2, first.Cursor);
        await _client.DeleteStorageObjectsAsync(session, [.. "abc".Select(key => new StorageObjectId { Collection = collection, Key = $"{key}" })]);
        var none = await _client.ListUsersStorageObjectsAsync(session, collection, session.UserId);

        Assert.Equal("""{"key":"b"}""", read.Objects.Single().Value.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(acks.Acks.ElementAt(1).Version, read.Objects.Single().Version);
        Assert.Equal(["a", "b"], first.Objects.Select(one => one.Key));
        Assert.Equal(["c"], second.Objects.Select(one => one.Key));
        Assert.Empty(none.Objects);
    }

    [Fact]
    public async Task A_write_against_another_version_is_refused_and_changes_nothing()
    {
        var session = await _client.AuthenticateDeviceAsync(Unique.Id());
        var id = new StorageObjectId { Collection = Unique.Name("c"), Key = "k", UserId = session.UserId };
        await _client.WriteStorageObjectsAsync(session, [new WriteStorageObject { Collection = id.Collection, Key = id.Key, Value = """{"n":1}""" }]);

        var refusal = await Assert.ThrowsAsync<ApiResponseException>(() => _client.WriteStorageObjectsAsync(
            session, [new WriteStorageObject { Collection = id.Collection, Key = id.Key, Value = """{"n":2}""", Version = "*" }]));

        Assert.Equal(InvalidArgument, refusal.GrpcStatusCode);
        var kept = await _client.ReadStorageObjectsAsync(session, [id]);
        Assert.Contains("1", kept.Objects.Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_account_is_gone()
    {
        var device = Unique.Id();
        var session = await _client.AuthenticateDeviceAsync(device);

        await _client.DeleteAccountAsync(session);

        await Assert.ThrowsAsync<ApiResponseException>(() => _client.AuthenticateDeviceAsync(device, create: false));
    }
}
