using Microsoft.Playwright;
using Nakama.Tests.TestHost;
using static Microsoft.Playwright.Assertions;

namespace Nakama.Tests.ConsolePages;

public sealed class ANodeThatGoesAway
{
    private static readonly LocatorAssertionsToHaveTextOptions Text = new() { Timeout = 60_000 };

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
            await Expect(page.Locator("#feed-state")).ToHaveTextAsync("Live", Text);

            await first.StopAsync();
            await Expect(page.Locator("#node-away")).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 60_000 });

            await using var second = await TestServer.StartAsync(options => options with { Console = first.Options.Console }, address: first.Options.Database.Address[0]);
            await Expect(page.Locator("#feed-state")).ToHaveTextAsync("Live", Text);
            await page.Context.CloseAsync();
        }

        await first.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
