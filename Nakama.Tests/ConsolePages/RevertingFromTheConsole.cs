using System.Text.RegularExpressions;
using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;
using static Microsoft.Playwright.Assertions;

namespace Nakama.Tests.ConsolePages;

public sealed class RevertingFromTheConsole(ConsoleFixture fixture) : IClassFixture<ConsoleFixture>
{
    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task An_edit_is_found_in_the_history_compared_and_reverted(int width)
    {
        var player = await fixture.Server.AuthenticateAsync();
        var page = await fixture.SignInAsync($"/players/{player.UserId}");
        await page.SetViewportSizeAsync(width, 900);
        await page.ClickAsync("#edit");
        await page.FillAsync("#edit-location", "Lisbon");
        await page.ClickAsync("#save");
        await Expect(page.Locator(".mud-snackbar").First).ToContainTextAsync("Saved");

        await page.ClickAsync("#tab-history");
        var row = page.Locator("#player-history tbody tr").First;
        await Expect(row).ToContainTextAsync("Account updated: location");
        await Expect(row).ToContainTextAsync("admin");
        await Expect(row.Locator("time")).ToHaveAttributeAsync("title", new Regex(" UTC \\("));
        await row.ClickAsync();
        await Expect(page.Locator(".diff-added")).ToContainTextAsync("\"location\": \"Lisbon\"");
        Assert.Equal(0, await page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - innerWidth)"));

        await page.ClickAsync(".change-revert");
        await page.ClickAsync("#confirm");
        await Expect(row).ToContainTextAsync("Account reverted: location");
        await page.ClickAsync("#tab-profile");
        await Expect(page.Locator("main")).Not.ToContainTextAsync("Lisbon");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_deleted_object_is_restored_from_the_list_of_all_changes()
    {
        var (player, key) = (await fixture.Server.AuthenticateAsync(), Unique.Name("slot"));
        var stored = new { collection = "saves", key, value = """{"level": 7}""", permission_read = 2, permission_write = 1 };
        (await fixture.Server.AsAsync(player.Token, "PUT /v2/storage", new { objects = new[] { stored } })).Ok();
        var page = await fixture.SignInAsync($"/storage/saves/{key}/{player.UserId}");
        await page.ClickAsync("#more button");
        await page.ClickAsync("#delete");
        await page.FillAsync("#confirm-word", "delete");
        await page.ClickAsync("#confirm-delete");
        await Expect(page.Locator("#storage, .empty").First).ToBeVisibleAsync();

        await page.ClickAsync(".side nav a[href$='history']");
        await page.SelectOptionAsync("#history-kind", "object");
        await Expect(page).ToHaveURLAsync(new Regex("kind=object"));
        var row = page.Locator("#history tbody tr").Filter(new() { HasText = key });
        await Expect(row).ToContainTextAsync("Storage object deleted");
        await row.Locator("a").ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Storage object not found.");
        await page.Locator("#object-history tbody tr").First.ClickAsync();
        await page.ClickAsync(".change-revert");
        await page.ClickAsync("#confirm");

        await Expect(page.Locator("h1")).ToHaveTextAsync(key);
        await page.ClickAsync("#tab-value");
        await Expect(page.Locator(".page .json")).ToContainTextAsync("\"level\": 7");
        await page.Context.CloseAsync();
    }
}
