using Microsoft.Playwright;

namespace Nakama.Tests.ConsolePages;

/// <summary>The one browser of this run.</summary>
internal static class Chromium
{
    private const string Variable = "CHROMIUM";
    private const int PatienceMs = 60_000;

    private static readonly string[] UsualPlaces =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium",
        "/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    private static readonly Lazy<Task<IBrowser>> Shared = new(StartAsync);

    /// <summary>A window with cookies of its own.</summary>
    public static async Task<IPage> OpenAsync(string address, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var browser = await Shared.Value;
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address,
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            // A zone that is never UTC, so that local times are told apart.
            TimezoneId = "Asia/Kathmandu",
        });
        context.SetDefaultTimeout(PatienceMs);
        return await context.NewPageAsync();
    }

    private static async Task<IBrowser> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Find(),
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
            ],
        });
        AppDomain.CurrentDomain.ProcessExit += (_, _) => playwright.Dispose();
        return browser;
    }

    private static string Find() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named
        : UsualPlaces.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                $"These tests need Chromium: install it (Debian, Ubuntu: apt-get install chromium), or put its path into {Variable}.");
}
