using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Purchases.StoreNotifications;

namespace Nakama.Tests.Runtime;

/// <summary>Events and notifications of stores, for which the reference server has no functions of Lua modules.</summary>
public sealed class EventsInLua
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task All_functions_see_an_event_once_although_their_module_runs_twice()
    {
        await using var server = await ModuleServer.StartAsync(
            [
                ("a.lua", """
                    local nk, seen = require("nakama"), require("seen")
                    require("z")
                    nk.register_event(function() error("disturbs no other") end)
                    nk.register_event(function(ctx, event) seen.add({ "a", ctx.execution_mode, event.name, event.properties }) end)
                    """),
                ("seen.lua", """
                    local nk, all = require("nakama"), {}
                    nk.register_rpc(function() return nk.json_encode(all) end, "seen")
                    return { add = function(what) all[#all + 1] = what end }
                    """),
                ("z.lua", """
                    local nk, seen = require("nakama"), require("seen")
                    nk.register_event(function(ctx, event) seen.add({ "z", event.name }) end)
                    nk.register_rpc(function() nk.event("jump", { high = "yes" }) end, "jump")
                    """),
            ]);

        await server.CallAsync("jump");

        Assert.Equal("""[["z","jump"],["a","event","jump",{"high":"yes"}]]""", await SeenAsync(server, 2));
        await server.CallAsync("jump");
        Assert.Equal(4, JsonDocument.Parse(await SeenAsync(server, 4)).RootElement.GetArrayLength());
    }

    [Fact]
    public async Task Sessions_begin_and_end()
    {
        await using var server = await ModuleServer.StartAsync("""
            local nk, all = require("nakama"), {}
            nk.register_event_session_start(function(ctx, event) all[#all + 1] = { ctx.user_id, event.name } end)
            nk.register_event_session_end(function(ctx, event) all[#all + 1] = { ctx.user_id, event.name } end)
            nk.register_rpc(function() return nk.json_encode(all) end, "seen")
            """);
        var player = await server.Server.AuthenticateAsync();
        await using (var socket = await server.Server.OpenSocketAsync(player))
        {
            Assert.Equal($"""[["{player.UserId}","session_start"]]""", await SeenAsync(server, 1));
            await socket.CloseAsync();
        }

        Assert.Equal($"""[["{player.UserId}","session_start"],["{player.UserId}","session_end"]]""", await SeenAsync(server, 2));
    }

    [Fact]
    public async Task Stores_tell_of_purchases_and_subscriptions()
    {
        await using var server = await ModuleServer.StartAsync("""
            local nk, all = require("nakama"), {}
            local function see(ctx, what, payload, kind) all[#all + 1] = { ctx.execution_mode, what.product_id, payload, kind } end
            nk.register_purchase_notification_apple(see)
            nk.register_purchase_notification_google(see)
            nk.register_subscription_notification_apple(see)
            nk.register_subscription_notification_google(see)
            nk.register_rpc(function() return nk.json_encode(all) end, "seen")
            """);
        var stores = server.Server.Services.GetRequiredService<StoreNotificationRegistry>();

        await stores.ApplePurchase!(new(StoreNotificationType.Refunded, new() { ProductId = "p" }, "{}"), default);
        await stores.GooglePurchase!(new(StoreNotificationType.Refunded, new() { ProductId = "p" }, "{}"), default);
        await stores.AppleSubscription!(new(StoreNotificationType.Subscribed, new() { ProductId = "s" }, "{}"), default);
        await stores.GoogleSubscription!(new(StoreNotificationType.Cancelled, new() { ProductId = "s" }, "{}"), default);

        Assert.Equal(
            """
            [["purchase_notification_apple","p","{}","REFUNDED"],["purchase_notification_google","p","{}","REFUNDED"],["subscription_notification_apple","s","{}","SUBSCRIBED"],["subscription_notification_google","s","{}","CANCELLED"]]
            """.Trim(),
            await SeenAsync(server, 4));
    }

    /// <summary>What the module has seen, once it is that much.</summary>
    private static async Task<string> SeenAsync(ModuleServer server, int count)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var body = (await server.CallAsync("seen", "", patience.Token)).Body;
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Array && json.RootElement.GetArrayLength() >= count) return body;
            await Task.Delay(20, patience.Token);
        }
    }
}
