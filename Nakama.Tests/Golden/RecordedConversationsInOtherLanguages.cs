using Microsoft.Extensions.DependencyInjection;
using Nakama.GameLogic;
using Nakama.Tests.Golden.ModulesInCSharp;
using Nakama.Tests.House;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Golden;

/// <summary>Replays the recorded conversations with the modules written in JavaScript.</summary>
public sealed class RecordedConversationsWithJavaScript(RecordedConversationsWithJavaScript.JavaScriptPlayback playback)
    : IClassFixture<RecordedConversationsWithJavaScript.JavaScriptPlayback>
{
    public static TheoryData<string> Names => [.. OtherLanguages.ScenariosOf("javascript")];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Codes_and_values_are_those_of_the_reference(string scenario) => OtherLanguages.AssertNone(playback, await playback.ResultAsync(scenario));

    /// <summary>A node whose modules are in JavaScript.</summary>
    public sealed class JavaScriptPlayback : RecordedConversations.Playback
    {
        protected override IEnumerable<string> Scenarios => OtherLanguages.ScenariosOf("javascript");

        protected override async Task<IReadOnlyList<TestServer>> StartAsync() =>
        [
            await TestServer.StartAsync(
                options => Configure(options) with
                {
                    Runtime = options.Runtime with { Path = Path.Combine(SourceTree.Root, "Nakama.Tests", "Golden", "ModulesInJavaScript"), JsMinCount = 1 },
                },
                WithPatience),
        ];
    }
}

/// <summary>Replays the recorded conversations with the modules written in C#.</summary>
public sealed class RecordedConversationsWithCSharp(RecordedConversationsWithCSharp.CSharpPlayback playback)
    : IClassFixture<RecordedConversationsWithCSharp.CSharpPlayback>
{
    public static TheoryData<string> Names => [.. OtherLanguages.ScenariosOf("csharp")];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Codes_and_values_are_those_of_the_reference(string scenario) => OtherLanguages.AssertNone(playback, await playback.ResultAsync(scenario));

    /// <summary>A node whose modules are in C#.</summary>
    public sealed class CSharpPlayback : RecordedConversations.Playback
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("nakama-").FullName;

        protected override IEnumerable<string> Scenarios => OtherLanguages.ScenariosOf("csharp");

        protected override async Task<IReadOnlyList<TestServer>> StartAsync() =>
        [
            await TestServer.StartAsync(
                options => Configure(options) with { Runtime = options.Runtime with { Path = _folder } },
                static builder =>
                {
                    WithPatience(builder);
                    builder.Services.AddSingleton<IGameModule, GoldenFunctions>().AddSingleton<IGameModule, GoldenHooks>();
                }),
        ];

        protected override async Task StopAsync()
        {
            await base.StopAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }
}

/// <summary>Which conversations modules in other languages than that of the recording take part in.</summary>
internal static class OtherLanguages
{
    /// <summary>
    /// Those that pass a function of Lua by name with the arguments of Lua, or what only Lua has, are left out, as are those whose
    /// answers depend on the language of the module, each with its reason.
    /// </summary>
    private static readonly Dictionary<string, string> LeftOut = new(StringComparer.Ordinal)
    {
        ["rpc"] = "asks for the texts and numbers of Lua",
        ["ws-rpc-forms"] = "an empty list is an empty table in Lua, and so an empty object",
        ["javascript: match-auth-messages"] = "the sender's name is the session id in JavaScript",
        ["javascript: match-authoritative"] = "the sender's name is the session id in JavaScript",
        ["javascript: notifications"] = "the body of a failed function has the stack in JavaScript",
        ["javascript: wallet"] = "the body of a failed function has the stack in JavaScript",
        ["csharp: hooks-authenticate"] = "code 99 is none of C#",
        ["csharp: hooks-requests"] = "code 99 is none of C#",
        ["csharp: hooks-realtime"] = "a hook in C# gets the message, not the number of the request",
    };

    public static IEnumerable<string> ScenariosOf(string language) => RecordedConversations.AllNames.Where(name =>
        !LeftOut.ContainsKey(name) && !LeftOut.ContainsKey($"{language}: {name}") && !CallsLua(name));

    public static void AssertNone(RecordedConversations.Playback playback, ScenarioResult result) =>
        Assert.True(result.Differences.Count == 0, string.Join('\n', [.. result.Differences.Take(40), .. playback.Complaints().Take(10)]));

    private static bool CallsLua(string name)
    {
        var text = SourceTree.Read($"Nakama.Tests/Golden/Scenarios/{name}.json");
        return text.Contains("/m_call", StringComparison.Ordinal) || text.Contains("\"m_call\"", StringComparison.Ordinal);
    }
}
