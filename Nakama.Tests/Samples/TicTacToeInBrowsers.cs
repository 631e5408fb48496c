using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Nakama.GameLogic;
using Nakama.Tests.ConsolePages;
using Nakama.Tests.House;
using Nakama.Tests.TestHost;
using TicTacToe;
using static Microsoft.Playwright.Assertions;

namespace Nakama.Tests.Samples;

/// <summary>Two browsers play the sample against each other, once for each language of its rules.</summary>
public sealed class TicTacToeInBrowsers : IAsyncLifetime
{
    private const string Folder = "samples/tic-tac-toe";

    private WebApplication? _site;
    private string _address = "";

    public async Task InitializeAsync()
    {
        await NodeScripts.InstalledAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _site = builder.Build();
        _site.Urls.Add("http://127.0.0.1:0");
        Serve("/", $"{Folder}/web/index.html", "text/html");
        Serve("/game.js", $"{Folder}/web/game.js", "text/javascript");
        Serve("/nakama-js.mjs", "Nakama.Tests/Node/node_modules/@heroiclabs/nakama-js/dist/nakama-js.esm.mjs", "text/javascript");
        await _site.StartAsync();
        _address = _site.Urls.Single();
    }

    public async Task DisposeAsync() => await _site!.DisposeAsync();

    [Fact]
    public async Task With_rules_in_Lua()
    {
        await using var server = await TestServer.StartAsync(options => options with
        {
            Runtime = options.Runtime with { Path = Path.Combine(SourceTree.Root, Folder, "lua") },
        });
        await PlayAsync(server);
    }

    [Fact]
    public async Task With_rules_in_TypeScript()
    {
        var build = Directory.CreateTempSubdirectory("nakama-");
        try
        {
            await NodeScripts.RunAsync(
                "node_modules/typescript/bin/tsc", "--project", Path.Combine(SourceTree.Root, Folder, "typescript"), "--outDir", build.FullName);
            await using var server = await TestServer.StartAsync(options => options with
            {
                Runtime = options.Runtime with { Path = build.FullName, JsEntrypoint = "main.js" },
            });
            await PlayAsync(server);
        }
        finally
        {
            build.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task With_rules_in_CSharp()
    {
        await using var server = await TestServer.StartAsync(configure: static builder => builder.Services.AddSingleton<IGameModule, TicTacToeGame>());
        await PlayAsync(server);
    }

    /// <summary>Crosses take the upper row. Whoever noughts are, they reload their page in the middle.</summary>
    private async Task PlayAsync(TestServer server)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/?server=127.0.0.1:{server.Port}");
        var pages = new[] { await Chromium.OpenAsync(_address), await Chromium.OpenAsync(_address) };
        foreach (var page in pages)
        {
            await page.GotoAsync(path);
            await page.GetByRole(AriaRole.Button, new() { Name = "Find an opponent" }).ClickAsync();
        }

        // The status of one of them settles first; both have the turn decided once they see the game.
        foreach (var page in pages) await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("turn");
        var isFirst = await pages[0].GetByRole(AriaRole.Status).TextContentAsync() == "It is your turn.";
        var (crosses, noughts) = isFirst ? (pages[0], pages[1]) : (pages[1], pages[0]);

        await MoveAsync(crosses, noughts, 1);
        await MoveAsync(noughts, crosses, 4);
        await MoveAsync(crosses, noughts, 2);
        await noughts.ReloadAsync();
        await Expect(noughts.GetByRole(AriaRole.Status)).ToHaveTextAsync("It is your turn.");
        await Expect(noughts.GetByRole(AriaRole.Button, new() { Name = "Cell 2: ✕" })).ToBeDisabledAsync();
        await MoveAsync(noughts, crosses, 5);
        await crosses.GetByRole(AriaRole.Button, new() { Name = "Cell 3: empty" }).ClickAsync();

        await Expect(crosses.GetByRole(AriaRole.Status)).ToHaveTextAsync("You have won.");
        await Expect(noughts.GetByRole(AriaRole.Status)).ToContainTextAsync("has won.");
        foreach (var page in pages) await page.CloseAsync();
    }

    private static async Task MoveAsync(IPage mover, IPage other, int cell)
    {
        await mover.GetByRole(AriaRole.Button, new() { Name = $"Cell {cell}: empty" }).ClickAsync();
        await Expect(other.GetByRole(AriaRole.Status)).ToHaveTextAsync("It is your turn.");
    }

    private void Serve(string path, string file, string type) =>
        _site!.MapGet(path, () => Results.File(Path.Combine(SourceTree.Root, file), type));
}
