namespace Nakama.Server.Outbound;

internal static class OutboundSetup
{
    public static IServiceCollection AddOutbound(this IServiceCollection services) => services.AddSingleton<OutboundHttp>();
}
