using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using MudBlazor;
using MudBlazor.Services;
using Nakama.Console.Access;
using Nakama.Console.Accounts;
using Nakama.Console.Chat;
using Nakama.Console.Explorer;
using Nakama.Console.Groups;
using Nakama.Console.History;
using Nakama.Console.Leaderboards;
using Nakama.Console.Live;
using Nakama.Console.Nodes;
using Nakama.Console.Notifications;
using Nakama.Console.Playground;
using Nakama.Console.Purchases;
using Nakama.Console.Settings;
using Nakama.Console.Storage;
using Nakama.ServiceDefaults;

namespace Nakama.Console.Shell;

/// <summary>Builds the console: pages for operators, and the proxy to the nodes' console API.</summary>
public static class ConsoleApp
{
    private const int DefaultPort = 7351;

    /// <summary>The bytes that a page may send at once: an edited storage object.</summary>
    private const int LargestInput = 1024 * 1024;

    /// <summary>Whether <c>/metrics/runtime</c> serves Prometheus metrics; true unless it is set to false.</summary>
    private const string RuntimeMetricsSetting = "Console:RuntimeMetrics";

    /// <summary>Builds a console that is ready to run.</summary>
    /// <param name="args">Command line settings, such as <c>--Console:NodeUrl=http://10.0.0.5:7351</c>.</param>
    /// <param name="configure">Changes to the services before they are built, such as another clock.</param>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(ConsoleApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });

        // Without this the assets are found only in the Development environment or after publishing.
        builder.WebHost.UseStaticWebAssets();
        // Without this a build reads each asset again and sends it uncompressed, in case it is being edited.
        if (!builder.Environment.IsDevelopment()) builder.Configuration["ReloadStaticAssetsAtRuntime"] ??= "false";
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
            builder.WebHost.UseUrls($"http://*:{builder.Configuration.GetValue("Console:Port", DefaultPort)}");

        builder.AddServiceDefaults();
        var settings = ConsoleSettings.From(builder.Configuration);
        var oidc = OidcSettings.From(builder.Configuration);
        AddServices(builder, settings);
        AddSignIn(builder.Services, oidc);
        builder.Services.PostConfigure<LoggerFilterOptions>(SecretsInLogs.Filter);
        configure?.Invoke(builder);

        var app = builder.Build();
        app.MapDefaultEndpoints();
        if (app.Configuration.GetValue(RuntimeMetricsSetting, true)) app.UseRuntimeMetrics(static _ => true);
        MapRequests(app);
        if (oidc.IsOn) app.MapGet(OidcSignIn.BeginPath, OidcSignIn.BeginAsync);
        return app;
    }

    private static void AddServices(WebApplicationBuilder builder, ConsoleSettings settings)
    {
        var services = builder.Services;
        services.AddSingleton(settings);
        if (settings.BasePath.Length > 0) services.AddSingleton<IStartupFilter>(new BasePath(settings.BasePath));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(NodeAddresses.From(builder.Configuration));
        services.AddSingleton<NodeProxy>();
        services.AddNodeHttpClients();
        if (builder.Configuration.GetValue(RuntimeMetricsSetting, true)) services.AddRuntimeMetrics();
        services.AddScoped<NodeClient>();
        services.AddScoped<Operator>();
        services.AddScoped<LiveFeed>();
        services.AddScoped<TimeDisplay>();
        services.AddScoped<AccountsClient>();
        services.AddScoped<LiveClient>();
        services.AddScoped<ExplorerClient>();
        services.AddScoped<PlaygroundSockets>();
        services.AddScoped<OperatorsClient>();
        services.AddScoped<DataClient>();
        services.AddScoped<NodeWatches>();
        services.AddScoped<GroupsClient>();
        services.AddScoped<StorageClient>();
        services.AddScoped<LeaderboardsClient>();
        services.AddScoped<NotificationsClient>();
        services.AddScoped<PurchasesClient>();
        services.AddScoped<ChatClient>();
        services.AddScoped<HistoryClient>();

        services.AddDataProtection()
            .SetApplicationName("Nakama.Console")
            .PersistKeysToFileSystem(new DirectoryInfo(KeysFolder(builder.Configuration)));
        services.AddRateLimiter(options => LivePages.Limit(options, settings));
        services.AddRazorComponents()
            .AddInteractiveServerComponents(options =>
            {
                options.DisconnectedCircuitMaxRetained = settings.MaxRetainedCircuits;
                options.PersistedCircuitInMemoryMaxRetained = settings.MaxRetainedCircuits;
            })
            .AddHubOptions(static hub => hub.MaximumReceiveMessageSize = LargestInput);
        services.AddMudServices(ConfigureComponents);
    }

    private static void AddSignIn(IServiceCollection services, OidcSettings oidc)
    {
        services.AddSingleton(oidc);
        var authentication = services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(SignIn.Configure);
        if (oidc.IsOn) authentication.AddOpenIdConnect(options => OidcSignIn.Configure(options, oidc));
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        services.AddAntiforgery(static options =>
        {
            options.Cookie.Name = "nakama-console-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
    }

    private static void ConfigureComponents(MudServicesConfiguration components)
    {
        components.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
        components.SnackbarConfiguration.PreventDuplicates = false;
    }

    private static void MapRequests(WebApplication app)
    {
        app.UseTrustedProxies(app.Services.GetRequiredService<ConsoleSettings>().TrustedProxies);
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use(PageHeaders.AddAsync);
        app.Use(ForeignPages.RefuseAsync);
        app.UseAuthentication();
        app.Use(LivePages.RefuseStrangersAsync);
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseAntiforgery();

        app.MapStaticAssets();
        app.MapGet("/robots.txt", () => "User-agent: *\nDisallow: /\n");
        app.MapGet("/alive", () => "OK");
        app.Map("/v2/{**path}", (HttpContext context, NodeProxy proxy) => proxy.HandleAsync(context)).DisableAntiforgery();
        app.MapPost(SignIn.EndPath, SignIn.EndAsync);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }

    private static string KeysFolder(ConfigurationManager configuration) =>
        configuration["Console:DataFolder"] is { Length: > 0 } folder
            ? Path.Combine(folder, "keys")
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "nakama-console", "keys");
}
