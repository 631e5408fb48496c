using System.Text.Json;
using Nakama.Server.Runtime;
using Nakama.Server.Errors;
using Nakama.Tests.House;
using Nakama.Tests.Runtime;

namespace Nakama.Tests.Golden;

/// <summary>Small modules start, fail to start and answer as recorded with the reference server.</summary>
public sealed class JavaScriptStartups
{
    /// <summary>Output of bundlers that the reference refuses; here its exports are understood.</summary>
    private static readonly string[] Accepted = ["export"];

    public static TheoryData<string> Names => [.. Startups().Select(static startup => startup.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_module_starts_as_with_the_reference(string name)
    {
        var startup = Startups().Single(startup => startup.GetProperty("name").GetString() == name);
        var mayStart = startup.GetProperty("starts").GetBoolean() || Accepted.Contains(name)
            || (startup.TryGetProperty("may", out var may) && may.GetBoolean());
        ModuleServer server;
        try
        {
            server = await ModuleServer.StartAsync(FilesOf(startup), runtime => Apply(runtime, startup));
        }
        catch (StartupException e)
        {
            Assert.False(startup.GetProperty("starts").GetBoolean(), e.Message);
            Assert.NotEmpty(e.Message);
            return;
        }

        await using (server)
        {
            Assert.True(mayStart, $"It starts although {startup.GetProperty("message")}.");
            if (!startup.GetProperty("starts").GetBoolean() || startup.TryGetProperty("may", out _) || !startup.TryGetProperty("answers", out var answers)) return;
            foreach (var answer in answers.EnumerateObject())
            {
                var (status, body) = await server.CallAsync(answer.Name, "p");
                Assert.Equal(answer.Value[0].GetInt32(), status);
                if (status == 200) Assert.Equal(answer.Value[1].GetString(), body);
            }
        }
    }

    private static (string Path, string Text)[] FilesOf(JsonElement startup) => startup.TryGetProperty("files", out var files)
        ? [.. files.EnumerateObject().Select(static file => (file.Name, file.Value.GetString()!))]
        : [("index.js", startup.GetProperty("code").GetString()!)];

    private static RuntimeOptions Apply(RuntimeOptions runtime, JsonElement startup)
    {
        if (!startup.TryGetProperty("args", out var arguments)) return runtime;
        string[] words = [.. arguments.EnumerateArray().SelectMany(static word => word.GetString()!.Split('=', 2) is [var flag, var value] && flag.StartsWith("--", StringComparison.Ordinal) ? [flag, value] : new[] { word.GetString()! })];
        for (var i = 0; i + 1 < words.Length; i += 2)
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
}
