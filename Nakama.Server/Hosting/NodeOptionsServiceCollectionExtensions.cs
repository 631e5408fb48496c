namespace Nakama.Server.Hosting;

/// <summary>Registers each section of the settings, so that each feature can request its own record.</summary>
internal static class NodeOptionsServiceCollectionExtensions
{
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
            .AddSingleton(options.Party);
}
