using System.Net.Http.Headers;
using System.Text;
using Microsoft.Playwright;
using Nakama.Tests.ConsolePages;
using static Microsoft.Playwright.Assertions;

namespace Nakama.Tests.House;

/// <summary>Aspire's dashboard in a browser, reached by the link that the terminal shows.</summary>
public sealed class DashboardPages
{
    private const string Screenshot = "docs/images/dashboard.png";

    [Fact]
    public async Task All_resources_are_well_and_a_trace_leads_from_a_request_to_its_statement()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        using var house = AppHostProcess.Start(["--Throwaway=true"]);
        var login = AppHostProcess.LoginPage(await house.IsReadyAsync(patience.Token));
        await SignInAsync(house, patience.Token);

        var page = await Chromium.OpenAsync(new Uri(login).GetLeftPart(UriPartial.Authority));
        await page.SetViewportSizeAsync(1440, 900);
        await page.GotoAsync(login);
        foreach (var name in new[] { "postgres", "nakamadb", "server", "console" }) await Expect(Row(page, name)).ToContainTextAsync("Running");
        await Expect(Row(page, "migrate")).ToContainTextAsync("Finished");
        await Expect(page.GetByText("certificate")).ToHaveCountAsync(0);
        if (Environment.GetEnvironmentVariable("WRITE_DOCS") == "1") await page.ScreenshotAsync(new() { Path = Path.Combine(SourceTree.Root, Screenshot) });

        await page.GotoAsync("/traces/resource/server");
        await page.GetByText("/v2/account/authenticate/device").First.ClickAsync();
        await Expect(page.Locator("body")).ToContainTextAsync("WITH users");
        await page.Context.CloseAsync();
        Assert.Equal(0, await house.InterruptAsync(patience.Token));
    }

    private static ILocator Row(IPage page, string name) =>
        page.Locator("tr, [role=row]").Filter(new() { Has = page.GetByText(name, new() { Exact = true }) }).First;

    private static async Task SignInAsync(AppHostProcess house, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = house.Server };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("defaultkey:"u8));
        using var device = new StringContent($$"""{"id":"{{Guid.NewGuid()}}"}""", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("/v2/account/authenticate/device?create=true", UriKind.Relative), device, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
