using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Nakama.GameLogic.Functions;
using Nakama.Server.Runtime.Functions;
using Nakama.Tests.TestHost;
using AuthenticatedUser = Nakama.GameLogic.Functions.AuthenticatedUser;

namespace Nakama.Tests.Runtime.GameLogic;

/// <summary>The functions of the server, as games in C# call them.</summary>
public sealed class FunctionsInCSharp(ServerFixture node) : IClassFixture<ServerFixture>
{
    // Functions that the platform, the services of the program or IGameBuilder have for C#.
    private static readonly string[] NotInCSharp =
    [
        "logger_", "time", "uuid_", "secure_random_bytes", "get_config", "localcache_", "sql_", "http_request", "base64", "base16", "md5_hash",
        "sha256_hash", "hmac_", "rsa_", "bcrypt_", "aes", "jwt_generate", "json_", "get_context", "run_once", "register_", "string_to_binary", "binary_to_string", "get_satori", "satori_authenticate_with",
    ];

    private INakama Nakama => node.Server.Services.GetRequiredService<INakama>();

    [Fact]
    public void Every_function_has_a_form_in_csharp()
    {
        var catalog = node.Server.Services.GetRequiredService<FunctionCatalog>();
        var expected = catalog.Functions.Select(static function => function.Name)
            .Where(static name => !NotInCSharp.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));

        var named = typeof(INakama).Assembly.GetTypes().Where(static type => type.IsInterface)
            .SelectMany(static type => type.GetMethods())
            .SelectMany(static method => method.GetCustomAttributes<ServerFunctionAttribute>())
            .Select(static function => function.Name);

        Assert.Equal(expected.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Accounts_are_made_changed_banned_and_deleted()
    {
        var user = await NewUserAsync();
        await Nakama.Accounts.UpdateAsync(user.UserId, new AccountChange { DisplayName = "Anna", Metadata = """{"level":3}""" });
        await Nakama.Links.LinkCustomAsync(user.UserId, $"custom-{user.UserId}");

        var account = await Nakama.Accounts.GetAsync(user.UserId);
        Assert.Equal(("Anna", """{"level": 3}""", $"custom-{user.UserId}"), (account.User.DisplayName, account.User.Metadata, account.CustomId));
        Assert.Equal(user.Username, Assert.Single(await Nakama.Users.GetAsync([user.UserId, Guid.NewGuid()])).Username);
        Assert.Equal(user.UserId.ToString(), Assert.Single(await Nakama.Users.GetByUsernameAsync([user.Username])).Id);
        Assert.Single(await Nakama.Accounts.GetManyAsync([user.UserId]));

        await Nakama.Users.BanAsync([user.UserId]);
        Assert.NotNull((await Nakama.Accounts.GetAsync(user.UserId)).DisableTime);
        await Nakama.Users.UnbanAsync([user.UserId]);
        await Nakama.Accounts.DeleteAsync(user.UserId);
        var error = await Assert.ThrowsAsync<NakamaException>(() => Nakama.Accounts.GetAsync(user.UserId));
        Assert.Equal(("account_get_id", NakamaReasons.AccountNotFound), (error.Function, error.Reason));
    }

    [Fact]
    public async Task Arguments_are_checked_as_for_scripts()
    {
        var empty = await Assert.ThrowsAsync<NakamaException>(() => Nakama.Authentication.DeviceAsync(""));
        Assert.Equal("id: expects id string", empty.Message);
        var json = await Assert.ThrowsAsync<NakamaException>(() => Nakama.Storage.WriteAsync([new("c", "k", "[1]")]));
        Assert.Equal("objects: failed to convert value: The text is not a JSON object.", json.Message);
        var user = await NewUserAsync();
        await Assert.ThrowsAsync<NakamaException>(() => Nakama.Accounts.UpdateAsync(user.UserId, new AccountChange { Metadata = "{" }));
    }

    [Fact]
    public async Task Objects_are_written_together_and_only_over_their_version()
    {
        var user = await NewUserAsync();
        var acks = await Nakama.Storage.WriteAsync(
        [
            new("games", "save", """{"level":1}""", user.UserId) { Version = StorageWrite.MustNotExist, Read = ReadPermission.Public },
            new("games", "old", "{}", user.UserId),
        ]);

        var stale = await Assert.ThrowsAsync<NakamaException>(() =>
            Nakama.Storage.WriteAsync([new("games", "save", "{}", user.UserId) { Version = "other" }]));
        Assert.Equal(("storage_write", NakamaReasons.StorageVersion), (stale.Function, stale.Reason));
        var read = Assert.Single(await Nakama.Storage.ReadAsync([new("games", "save", user.UserId), new("games", "none", user.UserId)]));
        Assert.Equal((acks[0].Version, 2, 1), (read.Version, read.PermissionRead, read.PermissionWrite));
        var page = await Nakama.Storage.ListAsync(null, user.UserId, "games", limit: 1);
        Assert.NotNull(page.Cursor);
        Assert.Single((await Nakama.Storage.ListAsync(null, user.UserId, "games", 1, page.Cursor)).Items);
        await Nakama.Storage.DeleteAsync([new("games", "old", user.UserId)]);
        Assert.Single((await Nakama.Storage.ListAsync(null, user.UserId, "games")).Items);
    }

    [Fact]
    public async Task Wallets_keep_whole_numbers_of_64_bits()
    {
        const long Much = 9_007_199_254_740_993;
        var user = await NewUserAsync();

        var result = await Nakama.Wallets.UpdateAsync(
            user.UserId, new Dictionary<string, long> { ["coins"] = Much }, """{"why":"gift"}""", updateLedger: true);

        Assert.Equal((0, Much), (result.Previous.Count, result.Updated["coins"]));
        var item = Assert.Single((await Nakama.Wallets.ListLedgerAsync(user.UserId)).Items);
        Assert.Equal(user.UserId, item.UserId);
        Assert.Contains("9007199254740993", item.Changeset, StringComparison.Ordinal);
        Assert.Contains("more", (await Nakama.Wallets.UpdateLedgerAsync(item.Id, """{"more":1}""")).Metadata, StringComparison.Ordinal);
        var negative = await Assert.ThrowsAsync<NakamaException>(() =>
            Nakama.Wallets.UpdateAsync(user.UserId, new Dictionary<string, long> { ["gems"] = -1 }));
        Assert.Contains("negative value", negative.Reason, StringComparison.Ordinal);
        var all = await Nakama.Wallets.UpdateManyAsync([new(user.UserId, new Dictionary<string, long> { ["coins"] = -Much })]);
        Assert.Equal(0, Assert.Single(all).Updated["coins"]);
    }

    [Fact]
    public async Task Several_kinds_of_change_are_made_together()
    {
        var user = await NewUserAsync();

        var result = await Nakama.MultiUpdateAsync(new MultiUpdate
        {
            Accounts = [new(user.UserId, new AccountChange { Location = "Oslo" })],
            StorageWrites = [new("games", "multi", "{}", user.UserId)],
            Wallets = [new(user.UserId, new Dictionary<string, long> { ["coins"] = 5 })],
        });

        Assert.Equal("multi", Assert.Single(result.StorageAcks).Key);
        Assert.Equal(5, Assert.Single(result.Wallets).Updated["coins"]);
        Assert.Equal("Oslo", (await Nakama.Accounts.GetAsync(user.UserId)).User.Location);
    }

    [Fact]
    public async Task Leaderboards_keep_scores_of_64_bits_and_ranks()
    {
        const long High = 9_007_199_254_740_993;
        var (id, anna, ben) = (Unique.Name(), await NewUserAsync(), await NewUserAsync());
        await Nakama.Leaderboards.CreateAsync(new LeaderboardDefinition(id) { IsAuthoritative = true, AreRanksEnabled = true });

        var record = await Nakama.Leaderboards.WriteRecordAsync(id, anna.UserId, anna.Username, High, metadata: """{"car":"red"}""");
        await Nakama.Leaderboards.WriteRecordAsync(id, ben.UserId, ben.Username, 5, overrideOperator: ScoreOperator.Set);

        Assert.Equal((High, anna.Username), (record.Score, record.Username));
        var page = await Nakama.Leaderboards.ListRecordsAsync(id, [ben.UserId], limit: 10);
        Assert.Equal([1L, 2L], page.Records.Select(static row => row.Rank));
        Assert.Equal(ben.UserId.ToString(), Assert.Single(page.OwnerRecords).OwnerId);
        Assert.Equal(2, page.RankCount);
        Assert.Equal(2, (await Nakama.Leaderboards.ListRecordsAroundAsync(id, ben.UserId)).Records.Count);
        Assert.Equal(id, Assert.Single(await Nakama.Leaderboards.GetAsync([id, "none"])).Id);
        await Nakama.Leaderboards.DeleteRecordAsync(id, ben.UserId);
        await Nakama.Leaderboards.DeleteAsync(id);
        var gone = await Assert.ThrowsAsync<NakamaException>(() => Nakama.Leaderboards.ListRecordsAsync(id));
        Assert.Equal(NakamaReasons.LeaderboardNotFound, gone.Reason);
    }

    [Fact]
    public async Task Tournaments_are_joined_and_played()
    {
        var (id, anna) = (Unique.Name(), await NewUserAsync());
        await Nakama.Tournaments.CreateAsync(new TournamentDefinition(id, TimeSpan.FromHours(1))
        {
            Title = "Cup",
            Category = 7,
            IsJoinRequired = true,
            MaxNumScore = 1,
            IsAuthoritative = true,
        });

        var early = await Assert.ThrowsAsync<NakamaException>(() => Nakama.Tournaments.WriteRecordAsync(id, anna.UserId, anna.Username, 3));
        Assert.Equal(NakamaReasons.TournamentNotJoined, early.Reason);
        await Nakama.Tournaments.JoinAsync(id, anna.UserId, anna.Username);
        Assert.Equal(3, (await Nakama.Tournaments.WriteRecordAsync(id, anna.UserId, anna.Username, 3)).Score);
        Assert.Equal(3, (await Nakama.Tournaments.WriteRecordAsync(id, anna.UserId, anna.Username, 4)).Score);
        await Nakama.Tournaments.AddAttemptsAsync(id, anna.UserId, 1);
        Assert.Equal("Cup", Assert.Single(await Nakama.Tournaments.GetAsync([id])).Title);
        Assert.Contains((await Nakama.Tournaments.ListAsync(7, 7, limit: 100)).Items, tournament => tournament.Id == id);
        Assert.Single((await Nakama.Tournaments.ListRecordsAsync(id, [anna.UserId])).OwnerRecords);
    }

    [Fact]
    public async Task Groups_have_members()
    {
        var (anna, ben) = (await NewUserAsync(), await NewUserAsync());
        var group = await Nakama.Groups.CreateAsync(anna.UserId, new GroupDefinition(Unique.Name()) { IsOpen = true, MaxCount = 2 });
        var id = Guid.Parse(group.Id);

        await Nakama.Groups.JoinAsync(id, ben.UserId, ben.Username);
        await Nakama.Groups.PromoteUsersAsync(anna.UserId, id, [ben.UserId]);
        await Nakama.Groups.UpdateAsync(id, anna.UserId, new GroupChange { Description = "We" });

        var users = await Nakama.Groups.ListUsersAsync(id);
        Assert.Equal([0, 1], users.Items.Select(static row => row.State ?? 0));
        Assert.Equal("We", Assert.Single(await Nakama.Groups.GetAsync([id])).Description);
        Assert.Single((await Nakama.Groups.ListOfUserAsync(ben.UserId)).Items);
        Assert.Equal(group.Id, Assert.Single((await Nakama.Groups.ListAsync(group.Name)).Items).Id);
        var full = await Assert.ThrowsAsync<NakamaException>(async () => await Nakama.Groups.AddUsersAsync(null, id, [(await NewUserAsync()).UserId]));
        Assert.Equal(NakamaReasons.GroupIsFull, full.Reason);
        await Nakama.Groups.DeleteAsync(id);
    }

    [Fact]
    public async Task Friends_are_invited_and_listed()
    {
        var (anna, ben) = (await NewUserAsync(), await NewUserAsync());

        await Nakama.Friends.AddAsync(anna.UserId, anna.Username, [ben.UserId], metadata: """{"met":"here"}""");
        await Nakama.Friends.AddAsync(ben.UserId, ben.Username, [], [anna.Username]);

        var friend = Assert.Single((await Nakama.Friends.ListAsync(anna.UserId, state: 0)).Items);
        Assert.Equal(ben.UserId.ToString(), friend.User.Id);
        Assert.Single(await Nakama.Friends.GetStatusAsync(anna.UserId, [ben.UserId]));
    }

    [Fact]
    public async Task Messages_and_notifications_are_stored()
    {
        var anna = await NewUserAsync();
        var channel = await Nakama.Channels.BuildIdAsync(null, Unique.Name(), global::Nakama.GameLogic.Functions.ChannelType.Room);

        var ack = await Nakama.Channels.SendMessageAsync(channel, """{"text":"hi"}""", anna.UserId, anna.Username);
        await Nakama.Channels.UpdateMessageAsync(channel, Guid.Parse(ack.MessageId), """{"text":"hello"}""", anna.UserId, anna.Username);
        var message = Assert.Single((await Nakama.Channels.ListMessagesAsync(channel)).Messages);
        Assert.Equal((anna.Username, """{"text": "hello"}"""), (message.Username, message.Content));

        await Nakama.Notifications.SendAsync(anna.UserId, "Prize", """{"coins":5}""", 7, persistent: true);
        await Nakama.Notifications.SendManyAsync([new(anna.UserId, "Other", "{}", 8, IsPersistent: true)]);
        var stored = (await Nakama.Notifications.ListAsync(anna.UserId)).Items;
        Assert.Equal(["Prize", "Other"], stored.Select(static row => row.Subject));
        Assert.Equal(anna.UserId, stored[0].UserId);
        await Nakama.Notifications.UpdateAsync([new(stored[0].Id, Subject: "Changed")]);
        Assert.Equal("Changed", Assert.Single(await Nakama.Notifications.GetAsync(anna.UserId, [stored[0].Id])).Subject);
        await Nakama.Notifications.DeleteAsync(anna.UserId, [stored[0].Id]);
        await Nakama.Notifications.DeleteManyAsync([new(anna.UserId, stored[1].Id)]);
        Assert.Empty((await Nakama.Notifications.ListAsync(anna.UserId)).Items);
    }

    [Fact]
    public async Task Sessions_join_streams_and_are_disconnected()
    {
        var player = await node.Server.AuthenticateAsync();
        await using var socket = await node.Server.OpenSocketAsync(player);
        var sessionId = await SessionOfAsync(socket);
        var stream = new GameStream(100, player.UserId, Label: "room");

        Assert.True(await Nakama.Streams.JoinAsync(stream, player.UserId, sessionId, status: "here"));
        Assert.False(await Nakama.Streams.JoinAsync(stream, player.UserId, sessionId));
        Assert.Equal(1, await Nakama.Streams.CountAsync(stream));
        var presence = Assert.Single(await Nakama.Streams.ListUsersAsync(stream));
        Assert.Equal((player.UserId, sessionId, player.Username), (presence.Presence.UserId, presence.Presence.SessionId, presence.Meta.Username));
        await Nakama.Streams.SendAsync(stream, "hello", [presence.Presence]);
        Assert.Equal("hello", (await socket.ReceiveAsync("stream_data")).GetProperty("data").GetString());
        await Nakama.Streams.SendRawAsync(stream, new() { StatusPresenceEvent = new() });
        await socket.ReceiveAsync("status_presence_event");
        await Nakama.Streams.UpdateAsync(stream, player.UserId, sessionId, status: "away");
        Assert.Equal("away", (await Nakama.Streams.GetUserAsync(stream, player.UserId, sessionId))!.Status);
        await Nakama.Streams.KickAsync(stream, presence.Presence);
        Assert.Null(await Nakama.Streams.GetUserAsync(stream, player.UserId, sessionId));
        await Nakama.Status.FollowAsync(sessionId, [player.UserId]);

        await Nakama.Sessions.DisconnectAsync(sessionId);
        while (await socket.ReceiveBytesAsync() is not null) continue;
    }

    [Fact]
    public async Task Tokens_are_made_for_users()
    {
        var token = await Nakama.Authentication.GenerateTokenAsync(
            Guid.NewGuid(), "anna", DateTimeOffset.UtcNow.AddHours(1), new Dictionary<string, string> { ["a"] = "b" });

        Assert.Equal(3, token.Token.Split('.').Length);
        Assert.InRange(token.ExpiresAt, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(2));
    }

    [Fact]
    public async Task Matches_and_parties_are_listed()
    {
        var player = await node.Server.AuthenticateAsync();
        await using var socket = await node.Server.OpenSocketAsync(player);
        var id = (await socket.AskAsync("\"match_create\":{}")).GetProperty("match").GetProperty("match_id").GetString()!;

        Assert.Equal(1, (await Nakama.Matches.GetAsync(id))!.Size);
        Assert.Contains(await Nakama.Matches.ListAsync(100, authoritative: false), match => match.MatchId == id);
        Assert.Null(await Nakama.Matches.GetAsync($"{Guid.NewGuid()}."));
        Assert.Empty((await Nakama.Parties.ListAsync()).Items);
    }

    [Fact]
    public void Schedules_tell_their_times_and_metrics_keep_their_kind()
    {
        var noon = new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(noon.AddHours(12), Nakama.Schedules.Next("0 0 * * *", noon));
        Assert.Equal(noon.AddHours(-12), Nakama.Schedules.Previous("0 0 * * *", noon));
        Assert.Throws<NakamaException>(() => Nakama.Schedules.Next("never", noon));
        var name = Unique.Name().Replace('-', '_');
        Nakama.Metrics.AddToCounter(name, 1, new Dictionary<string, string> { ["mode"] = "duel" });
        Assert.Throws<NakamaException>(() => Nakama.Metrics.SetGauge(name, 1.5));
    }

    private Task<AuthenticatedUser> NewUserAsync() => Nakama.Authentication.DeviceAsync(Unique.Id(), Unique.Name());

    private static async Task<Guid> SessionOfAsync(TestSocket socket)
    {
        var match = await socket.AskAsync("\"match_create\":{}");
        return Guid.Parse(match.GetProperty("match").GetProperty("self").GetProperty("session_id").GetString()!);
    }
}
