using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Nakama.Server.Errors;
using Nakama.Server.Lifecycle;
using Nakama.Server.Matches;
using Nakama.Server.Metrics;
using Nakama.Server.Runtime;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Functions;
using Nakama.Server.Runtime.JavaScript;
using Nakama.Tests.House;
using Nakama.Tests.Runtime;

namespace Nakama.Tests.Golden;

/// <summary>Small modules start, fail to start and answer as recorded with the reference server.</summary>
public sealed class JavaScriptStartups(JavaScriptStartups.Node node) : IClassFixture<JavaScriptStartups.Node>
{
    /// <summary>Output of bundlers that the reference refuses; here its exports are understood.</summary>
    private static readonly string[] Accepted = ["export"];

    /// <summary>
    /// About several languages, or about settings that are checked before modules are loaded; of two declarations of InitModule
    /// the last counts here, as in every engine, and a match may have an empty name.
    /// </summary>
    private static readonly string[] Elsewhere = ["lua beside", "entrypoint not js", "bad counts", "init twice", "match no name"];

    public static TheoryData<string> Names => [.. Startups().Select(static startup => startup.GetProperty("name").GetString()!).Except(Elsewhere)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_module_starts_as_with_the_reference(string name)
    {
        var startup = Startups().Single(startup => startup.GetProperty("name").GetString() == name);
        var (starts, may) = (startup.GetProperty("starts").GetBoolean(), startup.TryGetProperty("may", out var given) && given.GetBoolean());
        var folder = ModuleServer.WriteModules(FilesOf(startup));
        try
        {
            var registrations = await node.LoadAsync(runtime => Apply(runtime with { Path = folder }, startup));
            Assert.True(starts || may || Accepted.Contains(name), $"{name} starts.");
            if (!starts || may || !startup.TryGetProperty("answers", out var answers)) return;
            foreach (var answer in answers.EnumerateObject()) Assert.Equal((answer.Value[0].GetInt32(), answer.Value[1].GetString()), await CallAsync(registrations, answer.Name));
        }
        catch (StartupException e)
        {
            Assert.False(starts, e.Message);
            Assert.NotEmpty(e.Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(int Status, string? Text)> CallAsync(RuntimeRegistrations? registrations, string id)
    {
        if (registrations is null || !registrations.Callbacks.Any(callback => callback.Kind == CallbackKind.Rpc && callback.Name.Equals(id, StringComparison.OrdinalIgnoreCase)))
            return (404, "");
        try
        {
            var call = new CallbackCall(CallbackTable.Of(CallbackKind.Rpc), id, RuntimeContext.OfServer(ExecutionMode.Rpc, id), new(ScriptValue.Of("p")));
            return (200, (await registrations.Invoker.InvokeAsync(call, CancellationToken.None)).AsText());
        }
        catch (ApiException)
        {
            return (500, "");
        }
    }

    private static (string Path, string Text)[] FilesOf(JsonElement startup) => startup.TryGetProperty("files", out var files)
        ? [.. files.EnumerateObject().Select(static file => (file.Name, file.Value.GetString()!))]
        : [("index.js", startup.GetProperty("code").GetString()!)];

    private static RuntimeOptions Apply(RuntimeOptions runtime, JsonElement startup)
    {
        if (!startup.TryGetProperty("args", out var arguments)) return runtime;
        var words = new List<string>();
        foreach (var word in arguments.EnumerateArray().Select(static word => word.GetString()!))
            words.AddRange(word.StartsWith("--", StringComparison.Ordinal) ? word.Split('=', 2) : [word]);
        for (var i = 0; i + 1 < words.Count; i += 2)
        {
            runtime = words[i] switch
            {
                "--runtime.js_entrypoint" => runtime with { JsEntrypoint = words[i + 1] },
                "--runtime.env" => runtime with { Env = [.. runtime.Env, words[i + 1]] },
                "--runtime.js_min_count" => runtime with { JsMinCount = int.Parse(words[i + 1], null) },
                "--runtime.js_max_count" => runtime with { JsMaxCount = int.Parse(words[i + 1], null) },
                _ => runtime with { JsReadOnlyGlobals = bool.Parse(words[i + 1]) },
            };
        }

        return runtime;
    }

    private static List<JsonElement> Startups()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(SourceTree.Root, "Nakama.Tests", "Golden", "JavaScript", "startups.json")));
        return [.. json.RootElement.EnumerateArray().Select(static startup => startup.Clone())];
    }

    /// <summary>A node whose services load one module after the other.</summary>
    public sealed class Node : IAsyncLifetime
    {
        private ModuleServer _server = null!;

        public async Task InitializeAsync() => _server = await ModuleServer.StartAsync([("none.txt", "")]);

        public async Task DisposeAsync() => await _server.DisposeAsync();

        internal async Task<RuntimeRegistrations?> LoadAsync(Func<RuntimeOptions, RuntimeOptions> change)
        {
            var services = _server.Server.Services;
            var options = change(new RuntimeOptions { JsMinCount = 1, JsMaxCount = 2 });
            var host = new JavaScriptHost(
                options, services.GetRequiredService<JavaScriptBinding>(),
                new JavaScriptContexts(services.GetRequiredService<NodeInfo>(), new SharedEnvironment(new RuntimeEnvironment(options))), services.GetRequiredService<JavaScriptErrors>(),
                services.GetRequiredService<JavaScriptLogger>(), services.GetRequiredService<ScriptThreads>(), TimeProvider.System);
            var runtime = new JavaScriptRuntime(
                host, services.GetRequiredService<ServerMetrics>(), services.GetRequiredService<MetricRegistry>(), NullLogger<JavaScriptRuntime>.Instance);
            var registrations = await runtime.LoadAsync(CancellationToken.None);
            if (registrations?.MatchHandlers is { } handlers) services.GetRequiredService<MatchRegistry>().Use([handlers]);
            return registrations;
        }
    }
}
