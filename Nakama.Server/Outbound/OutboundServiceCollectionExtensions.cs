namespace Nakama.Server.Outbound;

internal static class OutboundServiceCollectionExtensions
{
    public static IServiceCollection AddOutbound(this IServiceCollection services) => services.AddSingleton<OutboundHttp>();
}
