using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Runtime.Functions;
using Nakama.Tests.House;

namespace Nakama.Tests.Runtime;

/// <summary>Short pieces of Lua that call functions of the server answer as recorded with the reference server.</summary>
public sealed partial class RecordedSnippets(RecordedSnippets.Node node) : IClassFixture<RecordedSnippets.Node>
{
    /// <summary>Where the reference breaks down in the middle of its own work, and this server says what is wrong.</summary>
    private static readonly string[] Mended =
    [
        // A user value is shown with the engine's own members.
        "nk-json-021",
        // Claims that are a list.
        "nk-crypto-053",
        // Schedules that run backwards are refused.
        "nk-cron-038", "nk-cron-048",
        // This server has no matches of game logic yet, whatever they are called.
        "nk-misc-032",
    ];

    private static string Folder => Path.Combine(SourceTree.Root, "Nakama.Tests", "Runtime", "Snippets");

    public static TheoryData<string> Groups => [.. Snippets().Select(snippet => snippet.GetProperty("group").GetString()!).Distinct()];

    [Theory]
    [MemberData(nameof(Groups))]
    public async Task Results_and_errors_are_those_of_the_reference(string group)
    {
        var differences = new List<string>();
        foreach (var snippet in Snippets().Where(snippet => snippet.GetProperty("group").GetString() == group))
        {
            var name = snippet.GetProperty("name").GetString()!;
            if (Mended.Contains(name) || NeedsMore(snippet.GetProperty("code").GetString()!)) continue;
            var (expected, actual) = (ExpectedOf(snippet), await SeenAsync(snippet));
            if (expected != actual) differences.Add($"{name}: {snippet.GetProperty("code").GetString()}\n  want {expected}\n  got  {actual}");
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    /// <summary>Whether a snippet calls functions that this server does not have yet.</summary>
    private bool NeedsMore(string code) => CalledFunctions().Matches(code).Any(call => node.Catalog.Find(call.Groups[1].Value) is null && IsFunction(call.Groups[1].Value));

    /// <summary>Some snippets ask for names that the reference does not have either.</summary>
    private static bool IsFunction(string name) => name is not ("binary_to_string" or "string_to_binary" or "base64UrlEncode");

    private static List<JsonElement> Snippets()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "nk.json")));
        return [.. json.RootElement.EnumerateArray().Select(snippet => snippet.Clone())];
    }

    private static string ExpectedOf(JsonElement snippet)
    {
        var text = new StringBuilder();
        if (snippet.TryGetProperty("mode", out _))
        {
            text.Append(snippet.GetProperty("status").GetInt32());
            foreach (var part in (string[])["code_out", "message", "body"])
                if (snippet.TryGetProperty(part, out var value)) text.Append('|').Append(value);
            return text.ToString();
        }

        if (snippet.TryGetProperty("results", out var results))
        {
            foreach (var result in results.EnumerateArray())
                text.Append("R ").Append(result.GetProperty("type").GetString()).Append(' ').Append(result.GetProperty("text").GetString()).Append('\n');
        }

        if (snippet.TryGetProperty("error", out var error)) text.Append("E ").Append(error.GetString()).Append('\n');
        return text.ToString();
    }

    private async Task<string> SeenAsync(JsonElement snippet)
    {
        var isRaised = snippet.TryGetProperty("mode", out _);
        var payload = JsonSerializer.Serialize(new { code = snippet.GetProperty("code").GetString() });
        var (status, body) = await node.Server.CallAsync(isRaised ? "golden_lua_raise" : "golden_lua_run", payload);
        if (isRaised) return RaisedForm(status, body);
        if (status != 200) return $"failed: {status} {body}";

        var text = new StringBuilder();
        foreach (var line in body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(' ', 3);
            text.Append(parts[0] == "R" ? $"R {parts[1]} {Clean(parts[2])}\n" : $"E {Clean(parts[2])}\n");
        }

        return text.ToString();
    }

    private static string RaisedForm(int status, string body)
    {
        if (status == 200) return $"200|{Clean(body)}";
        using var json = JsonDocument.Parse(body);
        return $"{status}|{json.RootElement.GetProperty("code").GetInt32()}|{Clean(json.RootElement.GetProperty("message").GetString()!)}";
    }

    /// <summary>Addresses and the folder of the modules are nobody's business.</summary>
    private static string Clean(string text) => FolderOfRunner().Replace(Address().Replace(text, "0xADDR"), "");

    [GeneratedRegex("0x[0-9a-f]{7,}")]
    private static partial Regex Address();

    [GeneratedRegex("""[^\s"']*/(?=runner\.lua:)""")]
    private static partial Regex FolderOfRunner();

    [GeneratedRegex(@"nk\.(\w+)")]
    private static partial Regex CalledFunctions();

    public sealed class Node : IAsyncLifetime
    {
        internal ModuleServer Server { get; private set; } = null!;

        internal FunctionCatalog Catalog => Server.Server.Services.GetRequiredService<FunctionCatalog>();

        public async Task InitializeAsync() =>
            Server = await ModuleServer.StartAsync([("runner.lua", await File.ReadAllTextAsync(Path.Combine(Folder, "runner.lua")))]);

        public async Task DisposeAsync() => await Server.DisposeAsync();
    }
}
