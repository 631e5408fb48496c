using Microsoft.Extensions.DependencyInjection;
using Nakama.Lua;
using Nakama.Server.Runtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

/// <summary>Functions of modules that lead to other functions of modules: they share one interpreter.</summary>
public sealed class NestedCallbacks
{
    private const string Module = """
        local nk = require("nakama")
        nk.register_storage_index("outer", "outer", "", { "name" }, {}, 1000, false)
        nk.register_storage_index("inner", "inner", "", { "name" }, {}, 1000, false)
        nk.register_storage_index("broken", "broken", "", { "name" }, {}, 1000, false)
        nk.register_storage_index("endless", "endless", "", { "name" }, {}, 1000, false)
        local function write(collection, key, value) nk.storage_write({ { collection = collection, key = key, value = value } }) end
        nk.register_storage_index_filter("outer", function(ctx, object)
          write("inner", object.key, { name = object.value.name })
          last_mode = ctx.execution_mode
          return object.value.name ~= "skip"
        end)
        nk.register_storage_index_filter("inner", function(ctx, object) return object.value.name ~= "hide" end)
        nk.register_storage_index_filter("broken", function() error("no filter today") end)
        nk.register_storage_index_filter("endless", function(ctx, object)
          depth = (depth or 0) + 1
          write("endless", object.key .. "+", { name = "deeper" })
          return true
        end)
        nk.register_rpc(function(ctx, payload)
          local request = nk.json_decode(payload)
          write(request.collection, request.key, { name = request.name or "show" })
          return ctx.execution_mode .. " " .. (last_mode or "")
        end, "write")
        nk.register_rpc(function(ctx, payload)
          local list = { "b", "a" }
          table.sort(list, function(a, b) write("outer", payload .. a, { name = "show" }) return a < b end)
          return list[1]
        end, "sort")
        nk.register_rpc(function(ctx, payload)
          local keys = {}
          for _, object in ipairs(nk.storage_index_list(payload, "", 100, {})) do keys[#keys + 1] = object.key end
          table.sort(keys)
          return table.concat(keys, ",")
        end, "list")
        nk.register_rpc(function() return tostring(depth) end, "depth")
        """;

    [Fact]
    public async Task A_call_runs_the_callbacks_it_leads_to_on_its_own_interpreter()
    {
        await using var server = await StartAsync(One);

        Assert.Equal((200, "rpc storage_index_filter"), await server.CallAsync("write", """{"collection":"outer","key":"a"}"""));
        Assert.Equal((200, "rpc storage_index_filter"), await server.CallAsync("write", """{"collection":"outer","key":"b","name":"skip"}"""));
        Assert.Equal((200, "rpc storage_index_filter"), await server.CallAsync("write", """{"collection":"outer","key":"c","name":"hide"}"""));

        Assert.Equal((200, "a,c"), await server.CallAsync("list", "outer"));
        Assert.Equal((200, "a,b"), await server.CallAsync("list", "inner"));
    }

    [Fact]
    public async Task So_does_a_call_that_blocks_a_thread()
    {
        await using var server = await StartAsync(One);

        Assert.Equal((200, "a"), await server.CallAsync("sort", "sorted-"));

        Assert.Contains("sorted-", (await server.CallAsync("list", "inner")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callback_that_fails_ends_alone()
    {
        await using var server = await StartAsync(One);

        Assert.Equal(200, (await server.CallAsync("write", """{"collection":"broken","key":"a"}""")).Status);

        Assert.Equal((200, ""), await server.CallAsync("list", "broken"));
        Assert.Contains(server.Server.Log.Lines, static line => line.Text.Contains("no filter today", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_callback_that_leads_to_itself_is_stopped()
    {
        await using var server = await StartAsync(One);

        Assert.Equal(200, (await server.CallAsync("write", """{"collection":"endless","key":"a"}""")).Status);

        Assert.Equal((200, "15"), await server.CallAsync("depth"));
        Assert.Contains(server.Server.Log.Lines, static line => line.Error?.Message == "Functions of modules call each other too deeply.");
    }

    [Fact]
    public async Task A_callback_has_what_the_outer_call_has_left()
    {
        await using var server = await ModuleServer.StartAsync(
            """
            local nk = require("nakama")
            nk.register_storage_index("i", "c", "", { "name" }, {}, 10, false)
            nk.register_storage_index_filter("i", function() while true do end end)
            nk.register_rpc(function()
              nk.storage_write({ { collection = "c", key = "k", value = { name = "n" } } })
              for i = 1, 100000 do end
              return "too far"
            end, "write")
            nk.register_rpc(function() return "fine" end, "fine")
            """,
            One,
            static builder => builder.Services.AddSingleton(new LuaLimits { InstructionCount = 1_000_000 }));

        var (status, body) = await server.CallAsync("write");

        Assert.Equal(500, status);
        Assert.Contains("instruction limit exceeded", ModuleServer.MessageOf(body), StringComparison.Ordinal);
        Assert.Equal((200, "fine"), await server.CallAsync("fine"));
    }

    [Fact]
    public async Task Many_sockets_at_once_all_get_their_answers()
    {
        const int count = 120;
        await using var server = await StartAsync(static options => options with { LuaMinCount = 2, LuaMaxCount = 4 });
        var sockets = new List<TestSocket>();
        for (var i = 0; i < count; i++) sockets.Add(await server.Server.OpenSocketAsync(await server.Server.AuthenticateAsync()));

        var answers = await Task.WhenAll(sockets.Select(static (socket, i) =>
            socket.AskAsync($$$"""
                "rpc":{"id":"write","payload":"{\"collection\":\"outer\",\"key\":\"{{{i}}}\"}"}
                """)));

        Assert.All(answers, static answer => Assert.Equal("rpc storage_index_filter", answer.GetProperty("rpc").GetProperty("payload").GetString()));
        Assert.Equal(100, (await server.CallAsync("list", "outer")).Body.Split(',').Length);
        foreach (var socket in sockets) await socket.DisposeAsync();
    }

    private static Task<ModuleServer> StartAsync(Func<RuntimeOptions, RuntimeOptions> change) => ModuleServer.StartAsync(Module, change);

    private static RuntimeOptions One(RuntimeOptions options) => options with { LuaMinCount = 1, LuaMaxCount = 1 };
}
