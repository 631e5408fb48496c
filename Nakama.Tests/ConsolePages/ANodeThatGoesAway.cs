using Nakama.Tests.TestHost;
using static Microsoft.Playwright.Assertions;

namespace Nakama.Tests.ConsolePages;

public sealed class ANodeThatGoesAway
{
    [Fact]
    public async Task The_dashboard_says_so_and_goes_on_when_the_node_is_back()
    {
        var folder = Directory.CreateTempSubdirectory("nakama-console-").FullName;
        var first = await TestServer.StartAsync();
        var (console, address) = await ConsoleFixture.StartConsoleAsync($"http://127.0.0.1:{first.ConsolePort}", folder);
        await using (console)
        {
            var page = await Chromium.OpenAsync(address);
            await page.GotoAsync("/");
            await ConsoleFixture.FillAsync(page, "admin", "password");
            await Expect(page.Locator("#feed-state")).ToHaveTextAsync("Live");

            await first.StopAsync();
            await Expect(page.Locator("#node-away")).ToBeVisibleAsync();

            await using var second = await TestServer.StartAsync(options => options with { Console = first.Options.Console }, address: first.Options.Database.Address[0]);
            await Expect(page.Locator("#feed-state")).ToHaveTextAsync("Live");
            await page.Context.CloseAsync();
        }

        await first.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
