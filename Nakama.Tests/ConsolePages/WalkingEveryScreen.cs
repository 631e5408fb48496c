using System.Text.Json;
using Google.Protobuf.Reflection;
using Microsoft.Playwright;
using Nakama.Console.Shell;
using Nakama.Protocol.Console;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.TestHost;
using static Microsoft.Playwright.Assertions;

namespace Nakama.Tests.ConsolePages;

/// <summary>
/// Walks every screen, and behind the first row of every list, as each role: without an error of the browser, within the window, and
/// accessible by the rules of axe-core. The pictures stay in the folder <c>screens</c> beside the tests.
/// </summary>
public sealed class WalkingEveryScreen(NodeWithEverything node) : IClassFixture<NodeWithEverything>
{
    private const string Admin = "admin";
    private const string Password = "correct horse 1";

    private const string Refusal = "Unauthorized: you do not have permission to see this page.";

    private static readonly string Pictures = Path.Combine(AppContext.BaseDirectory, "screens");

    private static readonly Lazy<Task<string>> Axe = new(static async () =>
    {
        await NodeScripts.InstalledAsync();
        return await File.ReadAllTextAsync(NodeScripts.FileOf("node_modules/axe-core/axe.min.js"));
    });

    [Theory]
    [InlineData(Admin, 1280, ColorScheme.Light)]
    [InlineData(Admin, 390, ColorScheme.Dark)]
    [InlineData("reader", 1280, ColorScheme.Dark)]
    [InlineData("support", 390, ColorScheme.Light)]
    public async Task Every_screen_is_open_to_who_may_see_it_and_accessible(string role, int width, ColorScheme scheme)
    {
        var page = await Chromium.OpenAsync(node.Console.Address, width, scheme);
        List<string> complaints = [];
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") complaints.Add($"{message.Type} at {page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => complaints.Add($"{page.Url}: {error}");
        await page.GotoAsync("/login");
        var (username, password) = await OperatorAsync(role);
        await ConsoleFixture.FillAsync(page, username, password);
        await page.WaitForSelectorAsync(".shell[data-live=true]");
        var offered = await page.Locator(".side nav a[href]").EvaluateAllAsync<string[]>("links => links.map(link => new URL(link.href).pathname)");

        foreach (var screen in ConsolePage.All)
        {
            await OpenAsync(page, screen.Path);
            if (!offered.Contains("/" + screen.Path.TrimStart('.', '/')))
            {
                await Expect(page.GetByText(Refusal)).ToBeVisibleAsync();
                continue;
            }

            await LookAsync(page, role, width, scheme, screen.Title, complaints);
            var rows = page.Locator("main table tbody tr a[href]");
            if (await rows.CountAsync() == 0) continue;
            await OpenAsync(page, (await rows.First.GetAttributeAsync("href"))!);
            await LookAsync(page, role, width, scheme, $"{screen.Title}, one", complaints);
        }

        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
        Assert.Equal(role == Admin, offered.Length == ConsolePage.All.Count);
        await page.Context.CloseAsync();
    }

    private static async Task OpenAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.WaitForSelectorAsync(".shell[data-live=true]");
        await Expect(page.Locator("main h1").First.Or(page.GetByText(Refusal)).First).ToBeVisibleAsync();
        await Expect(page.Locator("main .loading")).ToHaveCountAsync(0);
    }

    private static async Task LookAsync(IPage page, string role, int width, ColorScheme scheme, string name, List<string> complaints)
    {
        var overflow = await page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - innerWidth)");
        if (overflow > 0) complaints.Add($"{page.Url} is {overflow} pixels too wide");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{role} {width} {scheme}", $"{name}.png"), FullPage = true });
        // What others see are the same elements, or fewer.
        if (role != Admin) return;
        await page.EvaluateAsync(await Axe.Value);
        var faults = await page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map(rule => `${rule.id}: ${rule.nodes.map(node => node.target.join(' ')).slice(0, 3).join(', ')}`)");
        complaints.AddRange(faults.EnumerateArray().Select(fault => $"{name} ({page.Url}): {fault.GetString()}"));
    }

    /// <summary>Who has the rights of the role: all, those to read everything, or those for players only.</summary>
    private async Task<(string Username, string Password)> OperatorAsync(string role)
    {
        if (role == Admin) return (Admin, "password");
        var resources = ConsoleReflection.Descriptor.FindTypeByName<EnumDescriptor>("AclResources").Values.Select(static value => value.Name);
        var acl = role == "reader"
            ? resources.ToDictionary(static name => name, static _ => new { read = true, write = false, delete = false })
            : resources.Where(static name => name.StartsWith("ACCOUNT", StringComparison.Ordinal)).ToDictionary(static name => name, static _ => new { read = true, write = true, delete = false });
        var (caller, username) = await ConsoleCaller.CreateAsync(node.Console.Server, JsonSerializer.Serialize(new { admin = false, acl }), Password);
        caller.Dispose();
        return (username, Password);
    }
}
