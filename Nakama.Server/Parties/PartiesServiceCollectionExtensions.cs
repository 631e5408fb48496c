using Nakama.Server.Api;
using Nakama.Server.Cluster;
using Nakama.Server.Lifecycle;
using Nakama.Server.Presence;
using Nakama.Server.Realtime;
using Nakama.Server.Search;

namespace Nakama.Server.Parties;

internal static class PartiesServiceCollectionExtensions
{
    public static IServiceCollection AddParties(this IServiceCollection services) => services
        .AddSingleton<PartyServices>()
        .AddSingleton<PartyIndex>()
        .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<PartyIndex>())
        .AddSingleton<PartyRegistry>()
        .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<PartyRegistry>())
        .AddSingleton<PartyCommands>()
        .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<PartyCommands>())
        .AddSingleton<IPresenceListener>(static provider => provider.GetRequiredService<PartyRegistry>())
        .AddSingleton(static provider => new PartyListing(provider.GetRequiredService<PartyIndex>()))
        .AddSingleton<IApiFeature, PartyApi>()
        .AddSingleton<IRealtimeFeature, PartyRealtime>()
        .AddHostedService<PartyIdleCheck>()
        .AddSingleton<IHostedService>(static provider => new LabelRefresh(
            provider.GetRequiredService<PartyRegistry>().RefreshLabels,
            provider.GetRequiredService<PartyOptions>().LabelUpdateIntervalMs,
            provider.GetRequiredService<LoopContext>()));
}
