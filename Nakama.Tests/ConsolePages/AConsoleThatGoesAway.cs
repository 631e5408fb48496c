using Nakama.Tests.TestHost;
using static Microsoft.Playwright.Assertions;

namespace Nakama.Tests.ConsolePages;

public sealed class AConsoleThatGoesAway
{
    [Fact]
    public async Task The_page_says_so_in_its_own_words_and_goes_on_when_the_console_is_back()
    {
        await using var server = await TestServer.StartAsync();
        var folder = Directory.CreateTempSubdirectory("nakama-console-").FullName;
        var node = $"http://127.0.0.1:{server.ConsolePort}";
        var (first, address) = await ConsoleFixture.StartConsoleAsync(node, folder);
        var page = await Chromium.OpenAsync(address);
        await page.GotoAsync("/players");
        await ConsoleFixture.FillAsync(page, "admin", "password");
        await page.WaitForSelectorAsync(".shell[data-live=true]");

        await first.StopAsync();
        await first.DisposeAsync();
        var dialog = page.Locator("dialog#components-reconnect-modal");
        await Expect(dialog).ToBeVisibleAsync();
        await Expect(dialog).ToContainTextAsync("The console does not answer");

        var (second, _) = await ConsoleFixture.StartConsoleAsync(node, folder, address);
        await using (second)
        {
            await Expect(dialog).ToBeHiddenAsync();
            await page.WaitForSelectorAsync(".shell[data-live=true]");
            await page.ClickAsync(".side a[href='settings/configuration']");
            await Expect(page.Locator("h1")).ToContainTextAsync("Configuration");
            await page.Context.CloseAsync();
        }

        Directory.Delete(folder, recursive: true);
    }
}
