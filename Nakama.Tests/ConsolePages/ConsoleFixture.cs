using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Nakama.Console.Shell;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsolePages;

/// <summary>A node and the console in front of it.</summary>
public sealed class ConsoleFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nakama-console-").FullName;
    private WebApplication? _console;

    public TestServer Server { get; private set; } = null!;

    public string Address { get; private set; } = "";

    public IServiceProvider Services => _console!.Services;

    public async Task InitializeAsync()
    {
        Server = await TestServer.StartAsync();
        (_console, Address) = await StartConsoleAsync($"http://127.0.0.1:{Server.ConsolePort}", _folder);
    }

    public async Task DisposeAsync()
    {
        if (_console is not null) await _console.DisposeAsync();
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A console for a node that may or may not be there.</summary>
    public static async Task<(WebApplication Console, string Address)> StartConsoleAsync(
        string nodeUrl, string folder, string? address = null, Action<WebApplicationBuilder>? configure = null, params string[] settings)
    {
        address ??= string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePorts.One()}");
        string[] args = ["--urls", address, "--Console:NodeUrl", nodeUrl, "--Console:DataFolder", folder, .. settings];
        var console = ConsoleApp.Create(args, builder =>
        {
            builder.Logging.ClearProviders();
            configure?.Invoke(builder);
        });
        await console.StartAsync();
        return (console, address);
    }

    /// <summary>A window of someone who has signed in as the administrator and sees a live page.</summary>
    public async Task<IPage> SignInAsync(string path = "/")
    {
        var page = await Chromium.OpenAsync(Address);
        await page.GotoAsync(path);
        await FillAsync(page, "admin", "password");
        await page.WaitForSelectorAsync(".shell[data-live=true]");
        return page;
    }

    public static async Task FillAsync(IPage page, string username, string password)
    {
        await page.FillAsync("#username", username);
        await page.FillAsync("#password", password);
        await page.ClickAsync("button[type=submit]");
    }
}
