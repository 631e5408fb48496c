using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Nakama.Server.Config;
using Nakama.Server.Runtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

/// <summary>A node with Lua modules of the test's own.</summary>
internal sealed class ModuleServer : IAsyncDisposable
{
    private ModuleServer(TestServer server, string folder) => (Server, Folder) = (server, folder);

    public TestServer Server { get; }

    /// <summary>Where the modules are.</summary>
    public string Folder { get; }

    /// <summary>Starts a node with one module.</summary>
    public static Task<ModuleServer> StartAsync(
        string source, Func<RuntimeOptions, RuntimeOptions>? change = null, Action<WebApplicationBuilder>? configure = null, string? address = null) =>
        StartAsync([("game.lua", source)], change, configure, address);

    /// <param name="files">Paths below the folder of modules, and what is in them.</param>
    /// <param name="change">Settings of the runtime other than the default ones.</param>
    /// <param name="configure">Services other than the default ones.</param>
    /// <param name="address">The database to use instead of an empty one.</param>
    /// <param name="name">The name of the node, if the modules depend on it.</param>
    public static async Task<ModuleServer> StartAsync(
        (string Path, string Text)[] files, Func<RuntimeOptions, RuntimeOptions>? change = null, Action<WebApplicationBuilder>? configure = null,
        string? address = null, string? name = null)
    {
        var folder = WriteModules(files);
        try
        {
            return new(await TestServer.StartAsync(options => With(name is null ? options : options with { Name = name }, folder, change), configure, address), folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Makes a folder with these files.</summary>
    public static string WriteModules(params (string Path, string Text)[] files)
    {
        var folder = Directory.CreateTempSubdirectory("nakama-modules-").FullName;
        foreach (var (path, text) in files)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        return folder;
    }

    /// <summary>Calls a function with the HTTP key, and returns its status and what it answered.</summary>
    public async Task<(int Status, string Body)> CallAsync(string id, string payload = "", CancellationToken cancellationToken = default)
    {
        using var content = new StringContent(payload, Encoding.UTF8, "application/json");
        using var response = await Server.Http.PostAsync(new Uri($"/v2/rpc/{id}?http_key={Server.Options.Runtime.HttpKey}&unwrap", UriKind.Relative), content, cancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>As a player; the answer must be a success.</summary>
    public async Task<string> CallAsync(TestPlayer player, string id, string payload = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v2/rpc/{id}?unwrap");
        request.Headers.Authorization = player.Bearer;
        request.Content = new StringContent(payload, Encoding.UTF8, "application/json");
        using var response = await Server.Http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return body;
    }

    /// <summary>A request of a player to the API: its status and its body.</summary>
    public async Task<(int Status, JsonElement Body)> SendAsync(AuthenticationHeaderValue caller, HttpMethod method, string path, string body = "{}")
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = caller;
        if (method != HttpMethod.Get) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Server.Http.SendAsync(request);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return ((int)response.StatusCode, json.RootElement.Clone());
    }

    /// <summary>The message of an error body.</summary>
    public static string MessageOf(string body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("message").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static NakamaOptions With(NakamaOptions options, string folder, Func<RuntimeOptions, RuntimeOptions>? change)
    {
        var runtime = options.Runtime with { Path = folder, LuaMinCount = 2, LuaMaxCount = 4, JsMinCount = 1, JsMaxCount = 4 };
        return options with { Runtime = change is null ? runtime : change(runtime) };
    }
}
