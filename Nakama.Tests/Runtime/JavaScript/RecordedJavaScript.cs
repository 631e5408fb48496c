using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Nakama.Tests.House;

namespace Nakama.Tests.Runtime.JavaScript;

/// <summary>Short pieces of JavaScript answer as recorded with the reference server.</summary>
public sealed partial class RecordedJavaScript(RecordedJavaScript.Node node) : IClassFixture<RecordedJavaScript.Node>
{
    private static string Folder => Path.Combine(SourceTree.Root, "Nakama.Tests", "Runtime", "Snippets");

    public static TheoryData<string> Groups => [.. Snippets().Select(snippet => snippet.GetProperty("group").GetString()!).Distinct()];

    [Theory]
    [MemberData(nameof(Groups))]
    public async Task Results_and_kinds_of_errors_are_those_of_the_reference(string group)
    {
        var differences = new List<string>();
        foreach (var snippet in Snippets().Where(snippet => snippet.GetProperty("group").GetString() == group))
        {
            var name = snippet.GetProperty("name").GetString()!;
            var (expected, actual) = (ExpectedOf(snippet), await SeenAsync(snippet));
            var differs = JavaScriptDeviations.Wording.Contains(name) ? KindOf(expected) != KindOf(actual) : expected != actual;
            if (differs != JavaScriptDeviations.Values.ContainsKey(name))
                differences.Add($"{name}: {snippet.GetProperty("code").GetString()}\n  want {expected}\n  got  {actual}");
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static List<JsonElement> Snippets()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "javascript.json")));
        return [.. json.RootElement.EnumerateArray().Select(static snippet => snippet.Clone())];
    }

    private static string ExpectedOf(JsonElement snippet)
    {
        var text = new StringBuilder();
        if (snippet.TryGetProperty("mode", out _))
        {
            text.Append(snippet.GetProperty("status").GetInt32());
            foreach (var part in (string[])["code_out", "message", "body"])
                if (snippet.TryGetProperty(part, out var value)) text.Append('|').Append(Clean(value.ToString()));
            return text.ToString();
        }

        if (snippet.TryGetProperty("results", out var results))
        {
            foreach (var result in results.EnumerateArray())
                text.Append("R ").Append(result.GetProperty("type").GetString()).Append(' ').Append(result.GetProperty("text").GetString()).Append('\n');
        }

        if (!snippet.TryGetProperty("error", out var error)) return text.ToString();
        var type = snippet.TryGetProperty("error_type", out var given) ? given.GetString() : "Error";
        return text.Append(snippet.TryGetProperty("compile", out _) ? "S " : "E ").Append(type).Append(' ').Append(Clean(error.GetString()!)).Append('\n').ToString();
    }

    private async Task<string> SeenAsync(JsonElement snippet)
    {
        var isRaised = snippet.TryGetProperty("mode", out _);
        var payload = JsonSerializer.Serialize(new { code = snippet.GetProperty("code").GetString() });
        var (status, body) = await node.Server.CallAsync(isRaised ? "golden_js_raise" : "golden_js_run", payload);
        if (isRaised) return RaisedForm(status, body);
        if (status != 200) return $"failed: {status} {body}";
        var text = new StringBuilder();
        foreach (var line in body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(' ', 3);
            var type = parts[0] != "R" && parts[1] == "string" ? "Error" : parts[1];
            text.Append(parts[0]).Append(' ').Append(type).Append(' ').Append(parts[0] == "R" ? Frame().Replace(parts[2], "$1") : Clean(parts[2])).Append('\n');
        }

        return text.ToString();
    }

    private static string RaisedForm(int status, string body)
    {
        if (status == 200 && !body.StartsWith("{\"code\":0", StringComparison.Ordinal)) return $"200|{Clean(body)}";
        using var json = JsonDocument.Parse(body);
        return $"{status}|{(uint)json.RootElement.GetProperty("code").GetInt64()}|{Clean(json.RootElement.GetProperty("message").GetString()!)}";
    }

    /// <summary>The kind of an error without its wording.</summary>
    private static string KindOf(string answer) => Wording().Replace(answer, "$1");

    /// <summary>Native frames and instruction counters are the engine's own.</summary>
    private static string Clean(string text) => Frame().Replace(Native().Replace(text, " at (native)"), "$1");

    [GeneratedRegex(@"((?:index\.js|<eval>):\d+:\d+)\(\d+\)")]
    private static partial Regex Frame();

    [GeneratedRegex(@" at [^\s]+ \((?:native|index\.js:\d+:\d+|<eval>:\d+:\d+)\)$")]
    private static partial Regex Native();

    [GeneratedRegex(@"((?:^|\n)(?:[ES] \w+ |\d+\|\d+\|)\w*)[^\n]*")]
    private static partial Regex Wording();

    public sealed class Node : IAsyncLifetime
    {
        internal ModuleServer Server { get; private set; } = null!;

        public async Task InitializeAsync() => Server = await ModuleServer.StartAsync(
            [("index.js", await File.ReadAllTextAsync(Path.Combine(Folder, "runner.js")))], runtime => runtime with { JsMinCount = 1, JsMaxCount = 1 }, name: "n1");

        public async Task DisposeAsync() => await Server.DisposeAsync();
    }
}
