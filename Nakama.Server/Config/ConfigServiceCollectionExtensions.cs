using Nakama.Server.ConsoleApi;
using Nakama.Server.ConsoleApi.Live;
using Nakama.Server.Lifecycle;
using Nakama.Server.Metrics;
using Nakama.Server.Runtime.Functions;
using Nakama.Server.Security;

namespace Nakama.Server.Config;

internal static class ConfigServiceCollectionExtensions
{
    /// <summary>Registers each section of the settings, so that each feature can request its own record.</summary>
    public static IServiceCollection AddNakamaOptions(this IServiceCollection services, NakamaOptions options) =>
        services
            .AddSingleton(options)
            .AddSingleton(options.Logger)
            .AddSingleton(options.Metrics)
            .AddSingleton(options.Session)
            .AddSingleton(options.Socket)
            .AddSingleton(options.Database)
            .AddSingleton(options.Social)
            .AddSingleton(options.Runtime)
            .AddSingleton(options.Match)
            .AddSingleton(options.Tracker)
            .AddSingleton(options.Console)
            .AddSingleton(options.Leaderboard)
            .AddSingleton(options.Matchmaker)
            .AddSingleton(options.Iap)
            .AddSingleton(options.GoogleAuth)
            .AddSingleton(options.Satori)
            .AddSingleton(options.Storage)
            .AddSingleton(options.Mfa)
            .AddSingleton(options.Party)
            .AddSingleton(options.Cluster)
            .AddSingleton(new NodeInfo(options.Name, options.DataDir, TimeSpan.FromSeconds(options.ShutdownGraceSec)))
            .AddSingleton(new TokenLifetimes(options.Console.TokenExpirySec))
            .AddSingleton(new ServerKey(options.Socket.ServerKey))
            .AddSingleton(new HttpKey(options.Runtime.HttpKey))
            .AddSingleton(provider => new PrometheusText(provider.GetRequiredService<MetricRegistry>(), options.Metrics, options.Name));

    /// <summary>What operators and game logic may see of the settings.</summary>
    public static IServiceCollection AddConfigViews(this IServiceCollection services) => services
        .AddSingleton(ConfigSources.OfProgram)
        .AddSingleton<IConsoleFeature, ConsoleConfigApi>()
        .AddSingleton<IConsoleFeature, ConfigExportApi>()
        .AddSingleton<ILiveFeature, LiveConfigApi>()
        .AddSingleton<IFunctionModule, ConfigFunctions>();
}
