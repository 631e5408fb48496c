using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Protocol.Api;
using Nakama.Server.Runtime;
using Nakama.Server.Runtime.Events;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

public sealed class Events
{
    private const string Module = """
        local nk = require("nakama")
        nk.register_rpc(function() nk.event("from_module", { a = "1" }, 5) nk.event("twice", nil, nil, true) return "" end, "event")
        nk.register_rpc(function() nk.event("bad", { a = 1 }) end, "bad")
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Clients_and_modules_send_events_to_all_handlers()
    {
        var seen = new BlockingCollection<(RuntimeContext Context, Event Event)>();
        await using var server = await StartAsync(events =>
        {
            events.OnEvent((_, _, _) => throw new InvalidOperationException("A handler that fails disturbs no other."));
            events.OnEvent((context, happened, cancellationToken) =>
            {
                seen.Add((context, happened), cancellationToken);
                return default;
            });
        });
        var player = await server.Server.AuthenticateAsync();

        Assert.Equal(HttpStatusCode.OK, await SendAsync(server, player, """{"name":"from_client","properties":{"k":"v"},"external":false}"""));
        var (context, happened) = Take(seen);
        Assert.Equal((player.UserId, "event"), (context.UserId, context.Mode));
        Assert.Equal(new Event { Name = "from_client", Properties = { ["k"] = "v" }, External = true }, happened);

        Assert.Equal((200, ""), await server.CallAsync("event"));
        var names = new[] { Take(seen).Event, Take(seen).Event }.OrderBy(happened => happened.Name, StringComparer.Ordinal).ToList();
        Assert.Equal(new Event { Name = "from_module", Properties = { ["a"] = "1" }, Timestamp = new() { Seconds = 5 } }, names[0]);
        Assert.Equal(new Event { Name = "twice", External = true }, names[1]);
    }

    [Fact]
    public async Task A_session_makes_an_event_when_it_begins_and_when_it_ends()
    {
        var seen = new BlockingCollection<(RuntimeContext Context, Event Event)>();
        await using var server = await StartAsync(events =>
        {
            events.OnSessionStart((context, happened, _) => Keep(context, happened));
            events.OnSessionEnd((context, happened, _) => Keep(context, happened));
        });
        var player = await server.Server.AuthenticateAsync();

        await using (var socket = await server.Server.OpenSocketAsync(player)) await socket.CloseAsync();

        var events = new[] { Take(seen), Take(seen) }.OrderBy(pair => pair.Event.Name, StringComparer.Ordinal).ToList();
        Assert.Equal(["session_end", "session_start"], events.Select(pair => pair.Event.Name));
        Assert.All(events, pair => Assert.Equal(player.UserId, pair.Context.UserId));
        Assert.True(events[0].Event.Properties.ContainsKey("reason"));

        ValueTask Keep(RuntimeContext context, Event happened)
        {
            seen.Add((context, happened));
            return default;
        }
    }

    [Fact]
    public async Task Without_a_handler_events_are_no_error()
    {
        await using var server = await StartAsync(static _ => { });
        var player = await server.Server.AuthenticateAsync();

        Assert.Equal(HttpStatusCode.OK, await SendAsync(server, player, """{"name":"lost"}"""));
        Assert.Equal((200, ""), await server.CallAsync("event"));
    }

    [Fact]
    public async Task Properties_are_texts()
    {
        await using var server = await StartAsync(static _ => { });

        Assert.Equal("bad argument #2 to event (properties values must be strings)", ModuleServer.MessageOf((await server.CallAsync("bad")).Body));
    }

    [Fact]
    public async Task More_events_than_the_queue_holds_are_dropped()
    {
        var gate = new TaskCompletionSource();
        var registry = new EventRegistry();
        registry.OnEvent(async (_, _, _) => await gate.Task);
        await using var server = await TestServer.StartAsync(options => options with { Runtime = options.Runtime with { EventQueueSize = 4, EventQueueWorkers = 1 } });
        var queue = server.Services.GetRequiredService<EventQueue>();

        var kept = Enumerable.Range(0, 100).Count(_ => queue.TryAdd(registry.Custom, RuntimeContext.Loading, new Event { Name = "many" }));

        Assert.InRange(kept, 4, 5);
        Assert.Contains(server.Log.Lines, line => line.Text.Contains("queue of events is full", StringComparison.Ordinal));
        gate.SetResult();
    }

    private static Task<ModuleServer> StartAsync(Action<EventRegistry> register) => ModuleServer.StartAsync(Module, configure: builder =>
    {
        var registry = new EventRegistry();
        register(registry);
        builder.Services.AddSingleton(registry);
    });

    private static (RuntimeContext Context, Event Event) Take(BlockingCollection<(RuntimeContext, Event)> seen) =>
        seen.TryTake(out var pair, Patience) ? pair : throw new TimeoutException("No event came.");

    private static async Task<HttpStatusCode> SendAsync(ModuleServer server, TestPlayer player, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/event");
        request.Headers.Authorization = player.Bearer;
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await server.Server.Http.SendAsync(request);
        return response.StatusCode;
    }
}
