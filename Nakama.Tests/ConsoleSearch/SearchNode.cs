using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Config;
using Nakama.Tests.Authentication;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.ConsoleSearch;

/// <summary>A node with a data folder of its own, which outlives its restarts.</summary>
public sealed class SearchNode : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nakama-search-").FullName;
    private string _database = "";

    public TestServer Server { get; private set; } = null!;

    internal ConsoleCaller Admin { get; private set; } = null!;

    /// <summary>The files of all its indexes.</summary>
    internal string[] IndexFiles => Directory.GetFiles(Path.Combine(_folder, "console-search"), "*", SearchOption.AllDirectories);

    public async Task InitializeAsync()
    {
        _database = await Postgres.CreateDatabaseAsync();
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        await Postgres.DropDatabaseAsync(_database);
        Directory.Delete(_folder, recursive: true);
    }

    internal async Task StartAsync(Func<NakamaOptions, NakamaOptions>? change = null)
    {
        var address = (await Postgres.ServerAsync()).Address(_database);
        Server = await TestServer.StartAsync(options => (change?.Invoke(options) ?? options) with { DataDir = _folder }, address: address);
        Admin = ConsoleCaller.Basic(Server, "admin", "password");
    }

    internal async Task StopAsync()
    {
        Admin.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>The next start is on an empty database.</summary>
    internal async Task ChangeDatabaseAsync()
    {
        await Postgres.DropDatabaseAsync(_database);
        _database = await Postgres.CreateDatabaseAsync();
    }

    internal Task<JsonElement> SearchAsync(string text, string more = "") => SearchAsync(Admin, text, more);

    internal static async Task<JsonElement> SearchAsync(ConsoleCaller caller, string text, string more = "")
    {
        var (status, body) = await caller.GetAsync($"/v2/console/live/search?text={Uri.EscapeDataString(text)}{more}");
        Assert.True(status == HttpStatusCode.OK, $"{status} {body}");
        return body;
    }

    /// <summary>Repeats a search until its answer is as wanted.</summary>
    internal Task<JsonElement> UntilAsync(string text, Func<JsonElement, bool> isWanted) => UntilAsync(Admin, text, isWanted);

    internal static async Task<JsonElement> UntilAsync(ConsoleCaller caller, string text, Func<JsonElement, bool> isWanted)
    {
        using var patience = new CancellationTokenSource(TestSocket.Patience);
        while (true)
        {
            var answer = await SearchAsync(caller, text);
            if (isWanted(answer)) return answer;
            await Task.Delay(50, patience.Token);
        }
    }

    internal static async Task UntilAsync(Func<bool> isTrue)
    {
        using var patience = new CancellationTokenSource(TestSocket.Patience);
        while (!isTrue()) await Task.Delay(50, patience.Token);
    }

    /// <summary>Whether a text stands in a file of the index.</summary>
    internal bool FilesHold(string text)
    {
        foreach (var path in IndexFiles)
        {
            try
            {
                using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var content = new MemoryStream();
                file.CopyTo(content);
                if (content.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0) return true;
            }
            catch (FileNotFoundException)
            {
                // Deleted by the index meanwhile.
            }
        }

        return false;
    }

    /// <summary>Empties the files of the index while it is open.</summary>
    internal void EmptyFiles()
    {
        foreach (var path in IndexFiles.Where(static path => !path.EndsWith(".lock", StringComparison.Ordinal)))
        {
            try
            {
                using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
                file.SetLength(0);
            }
            catch (FileNotFoundException)
            {
                // Deleted by the index meanwhile.
            }
        }
    }

    /// <summary>Changes the database as another program does.</summary>
    internal async Task ExecuteAsync(string sql)
    {
        await using var command = Server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Waits until the index has taken in all rows of the start.</summary>
    internal Task FilledAsync() => UntilAsync("anything at all", static answer => !IsFilling(answer));

    internal static bool IsFilling(JsonElement answer) => answer.GetProperty("is_filling").GetBoolean();

    internal static int RowsOf(JsonElement answer) => int.Parse(answer.GetProperty("indexed_rows").GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    internal static int AgeOf(JsonElement answer) => int.Parse(answer.GetProperty("age_ms").GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The hits as kind and title.</summary>
    internal static string[] HitsOf(JsonElement answer) =>
        [.. answer.GetProperty("hits").EnumerateArray().Select(static hit => $"{hit.GetProperty("kind").GetString()} {hit.GetProperty("title").GetString()}")];

    /// <summary>Writes an object of a player.</summary>
    internal async Task WriteAsync(TestPlayer player, string collection, string key, string value) =>
        (await Server.AsAsync(player.Token, "PUT /v2/storage", new { objects = new[] { new { collection, key, value } } })).Ok();
}
