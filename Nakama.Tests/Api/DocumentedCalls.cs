using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Rpc;
using Nakama.Tests.Authentication;
using Nakama.Tests.House;
using Nakama.Tests.Leaderboards;
using Nakama.Tests.TestHost;
using Nakama.Tests.Wallets;
using Npgsql;

namespace Nakama.Tests.Api;

/// <summary>
/// The lines of docs/api that call the API, run in a shell as they stand there but for the address of the node. Only those that
/// need a provider's token or a store's receipt, which the pages leave open, are not run.
/// </summary>
public sealed class DocumentedCalls : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // Every call must be answered with success, also inside a substitution.
    private const string Strict = """
        set -euo pipefail
        curl() { command curl --noproxy '*' --fail-with-body --max-time 30 "$@" && echo; }
        """;

    private readonly DirectoryInfo _modules = Directory.CreateTempSubdirectory("nakama-");

    private TestServer _server = null!;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_modules.FullName, "weekly.lua"), CodeBlocks.Of("docs/runtime/lua-tutorial.md", "lua").Single());
        _server = await TestServer.StartAsync(options => options with { Runtime = options.Runtime with { Path = _modules.FullName } });
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _modules.Delete(recursive: true);
    }

    [Theory]
    [InlineData("accounts.md", 1)]
    [InlineData("events.md", 0)]
    [InlineData("friends.md", 0)]
    [InlineData("groups.md", 0)]
    [InlineData("leaderboards.md", 0)]
    [InlineData("matches.md", 0)]
    [InlineData("matchmaker.md", 0)]
    [InlineData("notifications.md", 0)]
    [InlineData("parties.md", 0)]
    [InlineData("purchases.md", 2)]
    [InlineData("rpc.md", 0)]
    [InlineData("storage.md", 0)]
    [InlineData("tournaments.md", 0)]
    [InlineData("wallets.md", 0)]
    public async Task The_lines_of_a_page_work_one_after_the_other(string page, int openBlocks)
    {
        var blocks = Blocks($"docs/api/{page}");
        var runnable = blocks.Where(block => !block.Contains('…') && !block.Contains("$RECEIPT", StringComparison.Ordinal)).ToList();
        Assert.Equal(openBlocks, blocks.Count - runnable.Count);
        Assert.NotEmpty(runnable);

        var script = new StringBuilder(Strict).AppendLine();
        foreach (var (name, value) in await PrepareAsync()) script.AppendLine(CultureInfo.InvariantCulture, $"{name}='{value}'");
        foreach (var block in runnable) script.AppendLine(block);
        await RunAsync(script.ToString());
    }

    [Fact]
    public async Task The_lines_of_the_tutorial_work_with_its_module()
    {
        await RunAsync(new StringBuilder(Strict).AppendLine().AppendJoin('\n', Blocks("docs/runtime/lua-tutorial.md")).ToString());

        var player = await _server.AuthenticateAsync();
        var refused = await _server.AsAsync(player.Token, "POST /v2/leaderboard/weekly", new { score = "20000" });
        Assert.Equal((HttpStatusCode.BadRequest, "that score cannot be reached"), (refused.Status, refused.Body.GetProperty("message").GetString()));
    }

    [Fact]
    public void Every_page_that_calls_is_run()
    {
        var run = typeof(DocumentedCalls).GetMethod(nameof(The_lines_of_a_page_work_one_after_the_other))!
            .GetCustomAttributesData().Where(data => data.AttributeType == typeof(InlineDataAttribute))
            .Select(data => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)[0].Value!);
        var calling = SourceTree.Files("docs/api", "*.md").Where(file => Blocks(file.Path).Count > 0).Select(file => Path.GetFileName(file.Path));
        Assert.Equal(calling.Order(), run.Order());
    }

    /// <summary>What the pages suppose to be there.</summary>
    private async Task<Dictionary<string, string>> PrepareAsync()
    {
        var (anna, ben) = (await _server.AuthenticateAsync(), await _server.AuthenticateAsync());
        await _server.CreateTournamentAsync(draft => draft with { Id = "cup", IsJoinRequired = true });
        _server.Services.GetRequiredService<RpcRegistry>().Register("echo", (_, payload, _) => new(payload));
        foreach (var player in new[] { anna, await _server.AuthenticateAsync() })
            (await _server.AsAsync(player.Token, $"POST /v2/friend?ids={ben.UserId}")).Ok();
        var notifications = (await _server.AsAsync(ben.Token, "GET /v2/notification?limit=2")).Ok().Body;
        var ids = notifications.GetProperty("notifications").EnumerateArray().Select(item => item.GetProperty("id").GetString()!).ToList();
        await _server.ChangeAsync(anna, """{"coins":7}""");
        await _server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand($"""
            INSERT INTO purchase (transaction_id, user_id, product_id, store) VALUES ('a-sale', '{anna.UserId}', 'coins', 0);
            INSERT INTO subscription (original_transaction_id, user_id, product_id, store, expire_time) VALUES ('a-subscription', '{anna.UserId}', 'vip', 0, now());
            """).ExecuteNonQueryAsync();
        return new()
        {
            ["HOST"] = _server.Http.BaseAddress!.ToString().TrimEnd('/'),
            ["TOKEN"] = anna.Token,
            ["USER_ID"] = anna.UserId.ToString(),
            ["ANNA"] = anna.Token,
            ["ANNA_ID"] = anna.UserId.ToString(),
            ["BEN"] = ben.Token,
            ["BEN_ID"] = ben.UserId.ToString(),
            ["ID"] = ids[0],
            ["OTHER_ID"] = ids[1],
            ["CURSOR"] = notifications.GetProperty("cacheable_cursor").GetString()!,
            ["ITEM_ID"] = Assert.Single(await _server.LedgerAsync(anna)).Id.ToString(),
            ["TRANSACTION_ID"] = "a-sale",
            ["ORIGINAL_TRANSACTION_ID"] = "a-subscription",
        };
    }

    private List<string> Blocks(string path) =>
        [.. CodeBlocks.Of(path, "sh").Concat(CodeBlocks.Of(path, "bash")).Select(block => block
            .Replace("localhost:7350", $"127.0.0.1:{_server.Port}", StringComparison.Ordinal)
            .Replace("127.0.0.1:7350", $"127.0.0.1:{_server.Port}", StringComparison.Ordinal)
            .Replace("127.0.0.1:7351", $"127.0.0.1:{_server.ConsolePort}", StringComparison.Ordinal))];

    private static async Task RunAsync(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-x", "-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var patience = new CancellationTokenSource(Patience);
        var (told, complained) = (shell.StandardOutput.ReadToEndAsync(patience.Token), shell.StandardError.ReadToEndAsync(patience.Token));
        await shell.WaitForExitAsync(patience.Token);
        Assert.True(shell.ExitCode == 0, $"{await told}\n{await complained}");
    }
}
