namespace Nakama.Server.Streams;

internal static class StreamsSetup
{
    public static IServiceCollection AddStreams(this IServiceCollection services) => services
        .AddSingleton<MessageRouter>()
        .AddSingleton<StreamAccess>();
}
