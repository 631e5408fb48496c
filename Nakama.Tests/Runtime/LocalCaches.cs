using Microsoft.Extensions.DependencyInjection;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

public sealed class LocalCaches
{
    [Fact]
    public async Task A_value_is_seen_until_its_time_is_up()
    {
        var clock = new TestTimeProvider();
        await using var server = await ModuleServer.StartAsync(
            """
            local nk = require("nakama")
            nk.register_rpc(function(ctx, ttl) nk.localcache_put("k", { word = "kept" }, #ttl) return "" end, "put")
            nk.register_rpc(function() return nk.localcache_get("k", { word = "gone" }).word end, "get")
            nk.register_rpc(function() nk.localcache_put("x", 1) nk.localcache_clear() return tostring(nk.localcache_get("x")) end, "clear")
            """,
            configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));

        await server.CallAsync("put", "12345");
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal("kept", (await server.CallAsync("get")).Body);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("gone", (await server.CallAsync("get")).Body);

        await server.CallAsync("put");
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("kept", (await server.CallAsync("get")).Body);
        Assert.Equal("nil", (await server.CallAsync("clear")).Body);
    }
}
