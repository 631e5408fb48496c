using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Nakama.GameLogic;
using Nakama.Protocol.Api;
using Nakama.Protocol.Realtime;
using Nakama.Server.Errors;
using Nakama.Server.Leaderboards;
using Nakama.Server.Matchmaking;
using Nakama.Server.Purchases.StoreNotifications;
using Nakama.Server.Realtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime.GameLogic;

/// <summary>What the server calls in games in C#, other than functions and hooks of requests.</summary>
public sealed class HooksInCSharp
{
    [Fact]
    public void Every_message_with_hooks_is_named_with_its_type()
    {
        var described = Enum.GetValues<Envelope.MessageOneofCase>()
            .Where(static message => RealtimeMap.IsFromClients(message) && message != Envelope.MessageOneofCase.Rpc)
            .Select(static message => $"{message} {Envelope.Descriptor.FindFieldByNumber((int)message).MessageType.ClrType}");

        var named = typeof(Messages).GetProperties().Select(static property =>
            $"{property.PropertyType.GetProperty("Name")!.GetValue(property.GetValue(null))} {property.PropertyType.GetGenericArguments()[0]}");

        Assert.Equal(described.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Hooks_of_messages_change_refuse_and_see_them()
    {
        var seen = new TestGame.Notes();
        await using var server = await StartAsync(game => game
            .BeforeMessage(Messages.StatusUpdate, static (_, message) => message.Status switch
            {
                "refuse" => throw new GameException(GameErrorCode.PermissionDenied, "no such status"),
                "fail" => throw new InvalidOperationException("secret"),
                "nothing" => Task.FromResult<StatusUpdate?>(null),
                var status => Task.FromResult<StatusUpdate?>(new StatusUpdate { Status = status + "!" }),
            })
            .AfterMessage(Messages.StatusUpdate, (context, response, message) =>
            {
                seen.Add($"{context.Username} {context.SessionId is null} {response is null} {message.Status}");
                return Task.CompletedTask;
            }));
        var player = await server.AuthenticateAsync();
        await using var socket = await server.OpenSocketAsync(player);

        Assert.Equal("no such status", MessageOf(await socket.AskAsync("\"status_update\":{\"status\":\"refuse\"}")));
        Assert.Equal("The game logic failed.", MessageOf(await socket.AskAsync("\"status_update\":{\"status\":\"fail\"}")));
        await socket.AskAsync("\"status_update\":{\"status\":\"here\"}");
        await socket.AskAsync("\"ping\":{}");
        Assert.Equal([$"{player.Username} False True here!"], seen.Lines);
        Assert.Equal("Requested resource was not found.", MessageOf(await socket.AskAsync("\"status_update\":{\"status\":\"nothing\"}")));

        static string MessageOf(System.Text.Json.JsonElement answer) => answer.GetProperty("error").GetProperty("message").GetString()!;
    }

    [Fact]
    public async Task Events_and_sessions_are_reported_to_all_functions()
    {
        var seen = new System.Collections.Concurrent.BlockingCollection<string>();
        await using var server = await StartAsync(game => game
            .Event(static (_, _) => throw new InvalidOperationException("disturbs no other"))
            .Event(Note("event"))
            .SessionStart(Note("start"))
            .SessionEnd(Note("end")));
        var player = await server.AuthenticateAsync();

        await using (var socket = await server.OpenSocketAsync(player)) await socket.CloseAsync();
        var nakama = server.Services.GetRequiredService<Nakama.GameLogic.Functions.INakama>();
        nakama.SendEvent(new Event { Name = "jump", Properties = { ["height"] = "3" } });

        var lines = Enumerable.Range(0, 3).Select(_ => Take(seen)).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal([$"end session_end {player.UserId}", "event jump ", $"start session_start {player.UserId}"], lines);

        GameEventHandler Note(string kind) => (context, happened) =>
        {
            seen.Add($"{kind} {happened.Name} {context.UserId}");
            return Task.CompletedTask;
        };
    }

    [Fact]
    public async Task The_server_calls_functions_for_boards_stores_and_indexes()
    {
        var seen = new TestGame.Notes();
        await using var server = await StartAsync(game => game
            .LeaderboardReset((_, board, reset) => Note($"{board.Id} {reset?.ToUnixTimeSeconds()}"))
            .TournamentEnd((_, tournament, end, reset) => Note($"end {tournament.Id} {end?.ToUnixTimeSeconds()} {reset is null}"))
            .TournamentReset((_, tournament, _, _) => Note($"reset {tournament.Id}"))
            .PurchaseNotificationApple((_, type, purchase, payload) => Note($"{type} {purchase.ProductId} {payload}"))
            .PurchaseNotificationGoogle((_, type, _, _) => Note($"google {type}"))
            .SubscriptionNotificationApple((_, type, subscription, _) => Note($"{type} {subscription.ProductId}"))
            .SubscriptionNotificationGoogle((_, type, _, _) => Note($"google {type}"))
            .StorageIndex(new Nakama.GameLogic.StorageIndex("levels", "things") { Fields = ["level"], SortableFields = ["level"], MaxEntries = 100 })
            .StorageIndexFilter("levels", static (_, write) => Task.FromResult(!write.Value.Contains("skip", StringComparison.Ordinal))));
        var boards = server.Services.GetRequiredService<LeaderboardCallbacks>();
        var stores = server.Services.GetRequiredService<StoreNotificationRegistry>();

        await boards.LeaderboardReset!(new() { Id = "l" }, 9, default);
        await boards.TournamentEnd!(new() { Id = "t" }, 6, 0, default);
        await boards.TournamentReset!(new() { Id = "t" }, 6, 7, default);
        await stores.ApplePurchase!(new(StoreNotificationType.Refunded, new() { ProductId = "p" }, "{}"), default);
        await stores.GooglePurchase!(new(StoreNotificationType.Renewed, new() { ProductId = "p" }, "{}"), default);
        await stores.AppleSubscription!(new(StoreNotificationType.Subscribed, new() { ProductId = "s" }, "{}"), default);
        await stores.GoogleSubscription!(new(StoreNotificationType.Cancelled, new() { ProductId = "s" }, "{}"), default);

        Assert.Equal(["l 9", "end t 6 True", "reset t", "Refunded p {}", "google Renewed", "Subscribed s", "google Cancelled"], seen.Lines);
        var nakama = server.Services.GetRequiredService<Nakama.GameLogic.Functions.INakama>();
        await nakama.Storage.WriteAsync([new("things", "a", """{"level":5}"""), new("things", "b", """{"level":5,"skip":true}""")]);
        var found = await nakama.Storage.ListIndexAsync(null, "levels", "+value.level:5", order: ["-value.level"]);
        Assert.Equal("a", Assert.Single(found.Items).Key);

        Task Note(string line)
        {
            seen.Add(line);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task The_matchmaker_asks_the_game()
    {
        await using var server = await StartAsync(static game => game
            .MatchmakerMatched(static (_, entries) => Task.FromResult<string?>(entries.Count == 0 ? $"{Guid.Empty}.node" : null))
            .MatchmakerOverride(static (_, candidates) => Task.FromResult(candidates))
            .MatchmakerProcessor(static (_, entries) => Task.FromResult<IReadOnlyList<IReadOnlyList<Nakama.GameLogic.MatchmakerEntry>>>([entries])));
        var hooks = server.Services.GetRequiredService<MatchmakerHooks>();

        Assert.Equal($"{Guid.Empty}.node", await hooks.Matched!([], default));
        Assert.Empty(await hooks.Override!([], default));
        Assert.Empty(Assert.Single(await hooks.Processor!([], default)));
    }

    [Fact]
    public async Task Services_of_a_call_live_as_long_as_the_call()
    {
        var seen = new TestGame.Notes();
        await using var server = await TestServer.StartAsync(configure: builder => builder.Services
            .AddSingleton(seen)
            .AddScoped<Scoped>()
            .AddScoped<IGameModule, ScopedGame>());

        foreach (var _ in (int[])[1, 2])
        {
            using var content = new StringContent("", Encoding.UTF8);
            using var response = await server.Http.PostAsync(new Uri($"/v2/rpc/scoped?http_key={server.Options.Runtime.HttpKey}&unwrap", UriKind.Relative), content);
            Assert.Equal("call", await response.Content.ReadAsStringAsync());
        }

        Assert.Equal(["disposed call", "disposed call"], seen.Lines);
    }

    [Fact]
    public async Task The_shutdown_function_runs_when_the_node_stops()
    {
        var seen = new TestGame.Notes();
        await using (await StartAsync(
            game => game.Shutdown(context =>
            {
                seen.Add($"bye {context.Mode}");
                return Task.CompletedTask;
            }),
            graceSec: 5))
        {
            Assert.Empty(seen.Lines);
        }

        Assert.Equal(["bye shutdown"], seen.Lines);
    }

    [Theory]
    [InlineData("every day", "The job clean of the game is refused: expects a valid cron string.")]
    public async Task A_job_without_a_schedule_keeps_the_node_from_starting(string schedule, string message)
    {
        var error = await Assert.ThrowsAsync<StartupException>(() => StartAsync(game => game.Job("clean", schedule, static (_, _) => Task.CompletedTask)));

        Assert.Equal(message, error.Message);
    }

    private static Task<TestServer> StartAsync(Action<IGameBuilder> register, int graceSec = 0) => TestServer.StartAsync(
        options => options with { ShutdownGraceSec = graceSec },
        builder => builder.Services.AddSingleton<IGameModule>(new Game(register)));

    private static string Take(System.Collections.Concurrent.BlockingCollection<string> lines) =>
        lines.TryTake(out var line, TimeSpan.FromSeconds(60)) ? line : throw new TimeoutException("Nothing was called.");

    private sealed class Game(Action<IGameBuilder> register) : IGameModule
    {
        public void Register(IGameBuilder game) => register(game);
    }

    private sealed class Scoped(TestGame.Notes notes) : IDisposable
    {
        public string Owner { get; set; } = "";

        public void Dispose()
        {
            if (Owner.Length > 0) notes.Add($"disposed {Owner}");
        }
    }

    private sealed class ScopedGame(Scoped own) : IGameModule
    {
        public void Register(IGameBuilder game) => game.Rpc("scoped", (context, _) =>
        {
            var service = context.Services.GetRequiredService<Scoped>();
            Assert.NotSame(own, service);
            Assert.Same(service, context.Services.GetRequiredService<Scoped>());
            service.Owner = "call";
            return Task.FromResult<string?>(service.Owner);
        });
    }
}
