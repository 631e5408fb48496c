using System.Globalization;
using Aspire.Hosting.Testing;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.House;

/// <summary>The two programs that the README shows, as they stand there.</summary>
[Collection(HouseGuests.Name)]
public sealed class FirstClients(RunningHouse house) : IDisposable
{
    private const string DefaultPort = "7350";

    // A browser and newer versions of Node.js have this; the programs must run on older ones here.
    private const string WebSocketForOlderNode = """
        import { WebSocket } from "ws";
        globalThis.WebSocket ??= WebSocket;
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nakama-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Both_programs_of_the_readme_run_and_hear_each_other()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        await NodeScripts.RunAsync("--version");
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "node_modules"), Path.Combine(SourceTree.Root, "Nakama.Tests", "Node", "node_modules"));
        Write("websocket.mjs", WebSocketForOlderNode);
        Write("client.mjs", Snippet("javascript"));
        Write("client.cs", Snippet("csharp"));

        using var anna = new TalkingProcess("node", ["--import", "./websocket.mjs", "client.mjs"], _folder.FullName);
        await anna.SaysAsync("anna says hello from JavaScript", patience.Token);
        using var ben = new TalkingProcess("dotnet", ["run", "client.cs"], _folder.FullName);
        await ben.SaysAsync("""ben says {"text": "hello from C#"}""", patience.Token);
        await anna.SaysAsync("ben says hello from C#", patience.Token);
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder.FullName, file), text);

    /// <summary>The README's first piece of this language, with the port of this house.</summary>
    private string Snippet(string language)
    {
        var readme = SourceTree.Read("README.md");
        var start = readme.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        var code = readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
        Assert.Contains(DefaultPort, code, StringComparison.Ordinal);
        return code.Replace(DefaultPort, house.App.GetEndpoint("server", "http").Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
