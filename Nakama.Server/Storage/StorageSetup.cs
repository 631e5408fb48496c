using Nakama.Server.Api;

namespace Nakama.Server.Storage;

internal static class StorageSetup
{
    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton<StorageStore>()
        .AddSingleton<StorageIndexRegistry>()
        .AddSingleton<IApiFeature, StorageApi>();
}
