using Nakama.Server.Presence;
using Nakama.Server.Realtime;

namespace Nakama.Server.Parties;

internal static class PartiesSetup
{
    public static IServiceCollection AddParties(this IServiceCollection services) => services
        .AddSingleton<PartyRegistry>()
        .AddSingleton<IPresenceListener>(static provider => provider.GetRequiredService<PartyRegistry>())
        .AddSingleton<IRealtimeFeature, PartyRealtime>()
        .AddHostedService<PartyIdleCheck>();
}
