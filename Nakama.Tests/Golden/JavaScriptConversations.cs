using System.Text.Json;
using Nakama.Tests.House;
using Nakama.Tests.Runtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Golden;

/// <summary>Replays every conversation recorded with JavaScript modules on the reference server.</summary>
public sealed class JavaScriptConversations(JavaScriptConversations.Modules modules) : IClassFixture<JavaScriptConversations.Modules>
{
    private static string Folder => Path.Combine(SourceTree.Root, "Nakama.Tests", "Golden", "JavaScript");

    public static TheoryData<string, string> Names
    {
        get
        {
            var names = new TheoryData<string, string>();
            foreach (var (module, name) in Scenarios) names.Add(module, name);
            return names;
        }
    }

    private static IEnumerable<(string Module, string Name)> Scenarios =>
        from file in Directory.GetFiles(Path.Combine(Folder, "Scenarios"), "*.json").Order(StringComparer.Ordinal)
        select (ModuleOf(file), Path.GetFileNameWithoutExtension(file));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Codes_and_values_are_those_of_the_reference(string module, string scenario)
    {
        var playback = await modules.PlayAsync(module);
        var differences = (await playback.ResultAsync(scenario)).Differences;
        Assert.True(differences.Count == 0, string.Join('\n', [.. differences, .. playback.Complaints().Take(10)]));
    }

    [Fact]
    public async Task Every_recorded_name_is_there()
    {
        await using var server = await ModuleServer.StartAsync([("index.js", """
            function names(ctx, logger, nk) { return JSON.stringify({ nk: Object.keys(nk), initializer: JSON.parse(nk.localcacheGet("names")) }); }
            function InitModule(ctx, logger, nk, initializer) {
              nk.localcachePut("names", JSON.stringify(Object.keys(initializer)));
              initializer.registerRpc("names", names);
            }
            """)]);
        using var recorded = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Folder, "Scenarios", "js-surface.json")));
        var answers = recorded.RootElement.GetProperty("steps").EnumerateArray().ToArray();
        using var actual = JsonDocument.Parse((await server.CallAsync("names")).Body);

        Assert.Empty(TextsOf(BodyOf(4)).Except(TextsOf(actual.RootElement.GetProperty("nk"))));
        Assert.Empty(TextsOf(BodyOf(5).GetProperty("initializer")).Except(TextsOf(actual.RootElement.GetProperty("initializer"))));

        JsonElement BodyOf(int step) => answers[step].GetProperty("expect").GetProperty("body");
    }

    private static IEnumerable<string> TextsOf(JsonElement list) => list.EnumerateArray().Select(static text => text.GetString()!);

    private static string ModuleOf(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        return json.RootElement.GetProperty("module").GetString()!;
    }

    /// <summary>One node for each module, started when its first conversation is asked for.</summary>
    public sealed class Modules : IAsyncLifetime
    {
        private readonly Dictionary<string, Task<ModulePlayback>> _playbacks = [];

        public Task InitializeAsync() => Task.CompletedTask;

        public async Task DisposeAsync()
        {
            foreach (var playback in _playbacks.Values) await (await playback).DisposeAsync();
        }

        internal Task<ModulePlayback> PlayAsync(string module)
        {
            lock (_playbacks)
            {
                if (!_playbacks.TryGetValue(module, out var playback)) _playbacks[module] = playback = StartAsync(module);
                return playback;
            }
        }

        private static async Task<ModulePlayback> StartAsync(string module)
        {
            var playback = new ModulePlayback(module);
            await playback.InitializeAsync();
            return playback;
        }
    }

    internal sealed class ModulePlayback(string module) : RecordedConversations.Playback
    {
        private static readonly Deviations OfJavaScript = new(Path.Combine(Folder, "deviations.json"));

        protected override string ScenarioFolder => Path.Combine(Folder, "Scenarios");

        private protected override Deviations Deviations => OfJavaScript;

        protected override IEnumerable<string> Scenarios => JavaScriptConversations.Scenarios.Where(scenario => scenario.Module == module).Select(static scenario => scenario.Name);

        protected override async Task<IReadOnlyList<TestServer>> StartAsync() =>
        [
            await TestServer.StartAsync(
                options => Configure(options) with
                {
                    Name = "n1",
                    Runtime = options.Runtime with { Path = Path.Combine(Folder, "Modules", module), JsMinCount = 1, JsCallTimeoutMs = 300_000 },
                },
                WithPatience),
        ];
    }
}
