using System.Net;
using System.Text.Json;
using Nakama.Server.Errors;

namespace Nakama.Tests.Runtime;

/// <summary>HTTP handlers, jobs, events and reloading of JavaScript modules.</summary>
public sealed class HandlersInJavaScript
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Requests_and_answers_may_hold_any_bytes()
    {
        await using var server = await StartAsync("""
            function echo(ctx, logger, nk, request) {
              if (request.pathParams.how === "text") {
                return { status: 201, headers: { "X-Mode": ctx.executionMode }, body: request.method + " " + request.queryParams.q[0] + " " + nk.binaryToString(request.body) };
              }
              return { body: request.body };
            }
            function nothing() { return null; }
            function InitModule(ctx, logger, nk, initializer) {
              initializer.registerHttp("/echo/{how}", echo, ["POST"]);
              initializer.registerConsoleHttp("/nothing", nothing);
            }
            """);

        using var text = await server.Server.Http.PostAsync(new Uri("/echo/text?q=1", UriKind.Relative), new StringContent("ä"));
        Assert.Equal((HttpStatusCode.Created, "POST 1 ä"), (text.StatusCode, await text.Content.ReadAsStringAsync()));
        Assert.Equal("http", Assert.Single(text.Headers.GetValues("X-Mode")));

        byte[] bytes = [0, 255, 128, 1];
        using var binary = await server.Server.Http.PostAsync(new Uri("/echo/bytes", UriKind.Relative), new ByteArrayContent(bytes));
        Assert.Equal(bytes, await binary.Content.ReadAsByteArrayAsync());

        using var console = new HttpClient();
        Assert.Equal(HttpStatusCode.NoContent, (await console.GetAsync(new Uri($"http://127.0.0.1:{server.Server.ConsolePort}/nothing"))).StatusCode);
    }

    [Fact]
    public async Task Jobs_run_and_are_listed()
    {
        await using var server = await StartAsync("""
            function work(ctx, logger, nk, job) {
              if (job.isRequested) throw new Error("asked by " + ctx.executionMode + " of " + job.name);
            }
            function run(ctx, logger, nk, payload) { nk.jobRun("work"); }
            function jobs(ctx, logger, nk, payload) { return JSON.stringify(nk.jobsList()); }
            function InitModule(ctx, logger, nk, initializer) {
              initializer.registerJob("work", "@yearly", work);
              initializer.registerRpc("run", run);
              initializer.registerRpc("jobs", jobs);
            }
            """);

        await server.CallAsync("run");

        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var job = JsonDocument.Parse((await server.CallAsync("jobs")).Body).RootElement[0];
            if (job.GetProperty("runCount").GetInt64() == 0)
            {
                await Task.Delay(20, patience.Token);
                continue;
            }

            Assert.Equal("failed", job.GetProperty("lastRun").GetProperty("outcome").GetString());
            Assert.StartsWith("Error: asked by job of work", job.GetProperty("lastRun").GetProperty("error").GetString(), StringComparison.Ordinal);
            return;
        }
    }

    [Fact]
    public async Task A_storage_write_is_made_anew_by_a_function_of_the_script()
    {
        await using var server = await StartAsync("""
            function retry(ctx, logger, nk, payload) {
              var calls = 0;
              nk.storageWriteRetry([{ collection: "c", key: "k", userId: "00000000-0000-0000-0000-000000000000" }], function (objects) {
                var count = objects.length ? objects[0].value.count : 0;
                if (++calls === 1) nk.storageWrite([{ collection: "c", key: "k", userId: "00000000-0000-0000-0000-000000000000", value: { count: 10 } }]);
                return [{ collection: "c", key: "k", userId: "00000000-0000-0000-0000-000000000000", value: { count: count + 1 } }];
              }, 3);
              try {
                nk.storageWriteRetry([{ collection: "c", key: "k" }], function () { throw new Error("no"); }, 3);
              } catch (e) {
                return calls + " " + e.message;
              }
            }
            function InitModule(ctx, logger, nk, initializer) { initializer.registerRpc("retry", retry); }
            """);

        var (status, body) = await server.CallAsync("retry");
        Assert.Equal(200, status);
        Assert.StartsWith("2 failed to update storage objects: Error: no at ", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_bundles_are_loaded_again()
    {
        await using var server = await StartAsync("""
            function which() { return "one"; }
            function InitModule(ctx, logger, nk, initializer) { initializer.registerRpc("which", which); }
            """);
        Assert.Equal((200, "one"), await server.CallAsync("which"));

        await File.WriteAllTextAsync(Path.Combine(server.Folder, "index.js"), """
            function which() { return "two"; }
            function InitModule(ctx, logger, nk, initializer) { initializer.registerRpc("which", which); }
            """);

        using var patience = new CancellationTokenSource(Patience);
        while ((await server.CallAsync("which", "", patience.Token)).Body != "two") await Task.Delay(50, patience.Token);
    }

    [Fact]
    public async Task A_path_that_cannot_be_handled_keeps_the_node_from_starting()
    {
        var error = await Assert.ThrowsAsync<StartupException>(() => StartAsync("""
            function page() {}
            function InitModule(ctx, logger, nk, initializer) { initializer.registerHttp("/v2/x", page); }
            """));

        Assert.Contains("path /v2/x belongs to the server", error.Message, StringComparison.Ordinal);
    }

    private static Task<ModuleServer> StartAsync(string source) => ModuleServer.StartAsync(
        [("index.js", source)], static options => options with { HotReload = true, JsMinCount = 1, JsMaxCount = 4 });
}
