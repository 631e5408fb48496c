using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Protocol.Api;
using Nakama.Protocol.Realtime;
using Nakama.Server.Errors;
using Nakama.Server.Leaderboards;
using Nakama.Server.Matchmaking;
using Nakama.Server.Purchases.StoreNotifications;
using Nakama.Server.Runtime;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Functions;
using Nakama.Server.Storage;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

/// <summary>What the server calls, shown with a language that only calls its functions.</summary>
public sealed class CallbacksOfAnyLanguage
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Every_kind_is_described_in_its_place() =>
        Assert.Equal(Enum.GetValues<CallbackKind>(), CallbackTable.All.Select(static callback => callback.Kind));

    [Fact]
    public async Task Functions_are_called_by_id()
    {
        var language = new TestLanguage(ScriptLanguage.JavaScript);
        language.Register(CallbackKind.Rpc, "Greet", static call => ScriptValue.Of("hello " + call.Arguments[0].AsText()));
        language.Register(CallbackKind.Rpc, "nothing", static _ => default);
        language.Register(CallbackKind.Rpc, "number", static _ => ScriptValue.Of(5));
        await using var server = await StartAsync(language);

        Assert.Equal((200, "hello you"), await CallAsync(server, "greet", "you"));
        Assert.Equal((200, ""), await CallAsync(server, "nothing"));
        var (status, body) = await CallAsync(server, "number");
        Assert.Equal(
            (500, "Runtime function returned invalid data - only allowed one return value of type string."), (status, ModuleServer.MessageOf(body)));
    }

    [Fact]
    public async Task Hooks_see_messages_and_put_others_in_their_place()
    {
        var language = new TestLanguage(ScriptLanguage.JavaScript);
        language.Register(CallbackKind.BeforeRequest, "UpdateAccount", static call =>
            ScriptValue.Message(new UpdateAccountRequest { DisplayName = ((UpdateAccountRequest)call.Arguments[0].AsMessage()!).DisplayName + "!" }));
        language.Register(CallbackKind.AfterRequest, "UpdateAccount", static _ => default);
        language.Register(CallbackKind.BeforeMessage, "StatusUpdate", static call =>
        {
            var envelope = ((Envelope)call.Arguments[0].AsMessage()!).Clone();
            envelope.StatusUpdate.Status += "!";
            return ScriptValue.Message(envelope);
        });
        language.Register(CallbackKind.AfterMessage, "StatusUpdate", static _ => default);
        await using var server = await StartAsync(language);
        var player = await server.AuthenticateAsync();
        await using var socket = await server.OpenSocketAsync(player);

        await SendAsync(server, player, HttpMethod.Put, "/v2/account", """{"display_name":"anna"}""");
        await socket.AskAsync("\"status_update\":{\"status\":\"here\"}");

        var before = Take(language, CallbackKind.BeforeRequest);
        Assert.Equal(("before", player.UserId), (before.Context.Mode, before.Context.UserId));
        var after = Take(language, CallbackKind.AfterRequest);
        Assert.Equal("after", after.Context.Mode);
        Assert.Null(after.Arguments[0].AsMessage());
        Assert.Equal("anna!", ((UpdateAccountRequest)after.Arguments[1].AsMessage()!).DisplayName);
        Assert.NotEqual(Guid.Empty, Take(language, CallbackKind.BeforeMessage).Context.SessionId);
        Assert.Equal("here!", ((Envelope)Take(language, CallbackKind.AfterMessage).Arguments[1].AsMessage()!).StatusUpdate.Status);
    }

    [Fact]
    public async Task Events_reach_all_functions_that_ask_for_them()
    {
        var language = new TestLanguage(ScriptLanguage.DotNet);
        foreach (var kind in (CallbackKind[])[CallbackKind.Event, CallbackKind.SessionStart, CallbackKind.SessionEnd])
        {
            language.Register(kind, "first", static _ => throw new InvalidOperationException("disturbs no other"));
            language.Register(kind, "second", static _ => default);
        }

        await using var server = await StartAsync(language);
        var player = await server.AuthenticateAsync();
        await using (var socket = await server.OpenSocketAsync(player)) await socket.CloseAsync();
        await SendAsync(server, player, HttpMethod.Post, "/v2/event", """{"name":"jump"}""");

        var seen = Enumerable.Range(0, 6).Select(_ => Take(language)).ToList();
        Assert.Equal(
            ["Event first jump", "Event second jump", "SessionEnd first session_end", "SessionEnd second session_end", "SessionStart first session_start", "SessionStart second session_start"],
            seen.Select(static call => $"{call.Kind} {call.Name} {((Event)call.Arguments[0].AsMessage()!).Name}").Order(StringComparer.Ordinal));
        Assert.All(seen, call => Assert.Equal(player.UserId, call.Context.UserId));
    }

    [Fact]
    public async Task The_matchmaker_asks_what_to_do()
    {
        var language = new TestLanguage(ScriptLanguage.JavaScript);
        language.Register(CallbackKind.MatchmakerMatched, "", static _ => ScriptValue.Of(5));
        language.Register(CallbackKind.MatchmakerOverride, "", static call => call.Arguments[0]);
        language.Register(CallbackKind.MatchmakerProcessor, "", static _ => ScriptValue.Of("none"));
        await using var server = await StartAsync(language);
        var hooks = server.Services.GetRequiredService<MatchmakerHooks>();

        Assert.Empty(await hooks.Override!([], default));
        var processor = await Assert.ThrowsAsync<ApiException>(async () => await hooks.Processor!([], default));
        Assert.Equal("Unexpected return type from runtime Matchmaker Processor hook, must be groups of entries.", processor.Message);
        var matched = await Assert.ThrowsAsync<ApiException>(async () => await hooks.Matched!([], default));
        Assert.Equal("Unexpected return type from runtime Matchmaker Matched hook, must be string, null or undefined.", matched.Message);
        Assert.Equal(
            ["matchmaker_override", "matchmaker_processor", "matchmaker"], Enumerable.Range(0, 3).Select(_ => Take(language).Context.Mode));
    }

    [Fact]
    public async Task Boards_and_stores_tell_what_has_happened()
    {
        var language = new TestLanguage(ScriptLanguage.JavaScript);
        CallbackKind[] kinds =
        [
            CallbackKind.LeaderboardReset, CallbackKind.TournamentEnd, CallbackKind.TournamentReset, CallbackKind.PurchaseNotificationApple,
            CallbackKind.PurchaseNotificationGoogle, CallbackKind.SubscriptionNotificationApple, CallbackKind.SubscriptionNotificationGoogle,
        ];
        foreach (var kind in kinds) language.Register(kind, "", static _ => default);
        await using var server = await StartAsync(language);
        var boards = server.Services.GetRequiredService<LeaderboardCallbacks>();
        var stores = server.Services.GetRequiredService<StoreNotificationRegistry>();

        await boards.LeaderboardReset!(new() { Id = "l", SortOrder = 1, PrevReset = 2, Metadata = "{}", CreateTime = new() { Seconds = 3, Nanos = 4 } }, 9, default);
        await boards.TournamentEnd!(new() { Id = "t", StartActive = 5, Metadata = "{}" }, 6, 7, default);
        await boards.TournamentReset!(new() { Id = "t", StartActive = 5, Metadata = "{}" }, 6, 7, default);
        await stores.ApplePurchase!(new(StoreNotificationType.Refunded, new() { ProductId = "p" }, "{}"), default);
        await stores.GooglePurchase!(new(StoreNotificationType.Refunded, new() { ProductId = "p" }, "{}"), default);
        await stores.AppleSubscription!(new(StoreNotificationType.Subscribed, new() { ProductId = "s" }, "{}"), default);
        await stores.GoogleSubscription!(new(StoreNotificationType.Cancelled, new() { ProductId = "s" }, "{}"), default);

        var calls = kinds.Select(_ => Take(language)).ToList();
        Assert.Equal(kinds, calls.Select(static call => call.Kind));
        var board = calls[0].View(0, ScriptLanguage.JavaScript).AsRecord();
        Assert.Equal(["id", "authoritative", "sort_order", "operator", "prev_reset", "next_reset", "metadata", "create_time"], board.Fields.Select(static field => field.Key));
        Assert.Equal((1, 2), (board.Fields[2].Value.AsNumber(), board.Fields[4].Value.AsNumber()));
        Assert.Equal(4, board.Fields[7].Value.AsRecord().Fields[1].Value.AsNumber());
        Assert.Equal((6, 7), (calls[1].Arguments[1].AsNumber(), calls[1].Arguments[2].AsNumber()));
        Assert.Contains(calls[2].View(0, ScriptLanguage.JavaScript).AsRecord().Fields, static field => field.Key == "start_active");
        Assert.DoesNotContain(calls[2].View(0, ScriptLanguage.Lua).AsRecord().Fields, static field => field.Key == "start_active");
        Assert.Equal(
            ["REFUNDED", "REFUNDED", "SUBSCRIBED", "CANCELLED"], calls[3..].Select(static call => call.View(2, ScriptLanguage.JavaScript).AsText()));
        Assert.IsType<ValidatedSubscription>(calls[5].Arguments[0].AsNative());
    }

    [Fact]
    public async Task A_filter_sees_what_is_written()
    {
        var language = new TestLanguage(ScriptLanguage.JavaScript);
        language.Register(CallbackKind.StorageIndexFilter, "Things", static call => ScriptValue.Of(((StorageWrite)call.Arguments[0].AsNative()).Read == 2));
        await using var server = await StartAsync(language);
        var filter = server.Services.GetRequiredService<StorageIndexRegistry>().FindFilter("Things")!;

        Assert.True(await filter(new(new("c", "k", Guid.Empty), "{}", "", 2, 1), default));
        Assert.False(await filter(new(new("c", "k", Guid.Empty), "{}", "", 1, 1), default));
        Assert.Null(server.Services.GetRequiredService<StorageIndexRegistry>().FindFilter("things"));
        var permission = Take(language).View(0, ScriptLanguage.JavaScript).AsRecord().Fields.Single(static field => field.Key == "permission_read");
        Assert.Equal(2, permission.Value.AsRecord().Fields.Single().Value.AsNumber());
    }

    [Fact]
    public async Task The_end_of_the_node_is_told()
    {
        var language = new TestLanguage(ScriptLanguage.JavaScript);
        language.Register(CallbackKind.Shutdown, "", static _ => default);
        await using (await StartAsync(language, graceSec: 5)) Assert.Empty(language.Calls);

        Assert.Equal("shutdown", Take(language).Context.Mode);
    }

    [Fact]
    public async Task Of_two_languages_the_first_has_the_name()
    {
        var (first, second) = (new TestLanguage(ScriptLanguage.DotNet), new TestLanguage(ScriptLanguage.JavaScript));
        first.Register(CallbackKind.Rpc, "both", static _ => ScriptValue.Of("first"));
        second.Register(CallbackKind.Rpc, "BOTH", static _ => ScriptValue.Of("second"));
        second.Register(CallbackKind.Rpc, "one", static _ => ScriptValue.Of("second"));
        await using var server = await StartAsync([first, second]);

        Assert.Equal((200, "first"), await CallAsync(server, "both"));
        Assert.Equal((200, "second"), await CallAsync(server, "one"));
    }

    [Fact]
    public async Task A_kind_that_nothing_calls_keeps_the_node_from_starting()
    {
        var language = new TestLanguage(ScriptLanguage.JavaScript);
        language.Register(CallbackKind.MatchInit, "match", static _ => default);

        var error = await Assert.ThrowsAsync<StartupException>(() => StartAsync(language));

        Assert.Equal("A module registers a function for MatchInit, which this server does not call.", error.Message);
    }

    private static Task<TestServer> StartAsync(TestLanguage language, int graceSec = 0) => StartAsync([language], graceSec);

    private static Task<TestServer> StartAsync(TestLanguage[] languages, int graceSec = 0) => TestServer.StartAsync(
        options => options with { ShutdownGraceSec = graceSec },
        builder =>
        {
            foreach (var language in languages) builder.Services.AddSingleton<IScriptRuntime>(language);
        });

    private static CallbackCall Take(TestLanguage language) =>
        language.Calls.TryTake(out var call, Patience) ? call : throw new TimeoutException("Nothing was called.");

    private static CallbackCall Take(TestLanguage language, CallbackKind kind)
    {
        var call = Take(language);
        Assert.Equal(kind, call.Kind);
        return call;
    }

    private static async Task<(int Status, string Body)> CallAsync(TestServer server, string id, string payload = "")
    {
        using var content = new StringContent(payload, Encoding.UTF8, "application/json");
        using var response = await server.Http.PostAsync(new Uri($"/v2/rpc/{id}?http_key={server.Options.Runtime.HttpKey}&unwrap", UriKind.Relative), content);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task SendAsync(TestServer server, TestPlayer player, HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = player.Bearer;
        using var response = await server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
