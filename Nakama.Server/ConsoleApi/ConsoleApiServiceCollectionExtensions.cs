using Nakama.Protocol.Console;
using Nakama.Protocol.History;
using Nakama.Protocol.Live;
using Nakama.Protocol.Oidc;
using Nakama.Server.Api;
using Nakama.Server.Cluster;
using Nakama.Server.ConsoleApi.FullText;
using Nakama.Server.ConsoleApi.History;
using Nakama.Server.ConsoleApi.Live;
using Nakama.Server.ConsoleApi.Oidc;
using Nakama.Server.ConsoleApi.StorageImport;

namespace Nakama.Server.ConsoleApi;

internal static class ConsoleApiServiceCollectionExtensions
{
    /// <summary>The operators' service and the live feed.</summary>
    public static IServiceCollection AddConsoleApi(this IServiceCollection services) => services
        .AddSingleton<ConsoleTokens>()
        .AddHostedService<ConsoleLoader>()
        .AddSingleton<LoginLockout>()
        .AddRepair<ConsoleReplication>()
        .AddSingleton<ConsoleCredentialCheck>()
        .AddSingleton<ConsoleUserStore>()
        .AddSingleton<OperatorStore>()
        .AddSingleton<AclTemplateStore>()
        .AddSingleton<SettingStore>()
        .AddSingleton<MfaVault>()
        .AddSingleton<SecondStepStore>()
        .AddSingleton<SecondStep>()
        .AddSingleton<ConsoleAudit>()
        .AddSingleton<NodeSampler>()
        .AddSingleton<LiveFeed>()
        .AddHostedService(provider => provider.GetRequiredService<LiveFeed>())
        .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<LiveFeed>())
        .AddSingleton<IHttpEndpoint, LiveFeedRoute>()
        .AddSingleton<IConsoleFeature, ConsoleLoginApi>()
        .AddSingleton<IConsoleFeature, ConsoleAccessApi>()
        .AddSingleton<IConsoleFeature, ConsoleUsersApi>()
        .AddSingleton<IConsoleFeature, ConsoleUserResetsApi>()
        .AddSingleton<IConsoleFeature, ConsoleAclTemplatesApi>()
        .AddSingleton<IConsoleFeature, ConsoleStatusApi>()
        .AddSingleton<IConsoleFeature, ConsoleRuntimeApi>()
        .AddSingleton<IConsoleFeature, ConsoleSettingsApi>()
        .AddSingleton<IConsoleFeature, ConsoleAccountsApi>()
        .AddSingleton<IConsoleFeature, ConsoleAccountChangesApi>()
        .AddSingleton<IConsoleFeature, ConsoleSocialUnlinkApi>()
        .AddSingleton<IConsoleFeature, ConsoleWalletApi>()
        .AddSingleton<IConsoleFeature, ConsolePurchasesApi>()
        .AddSingleton<AccountNoteStore>()
        .AddSingleton<AuditLogStore>()
        .AddSingleton<IHttpEndpoint, StorageImportEndpoint>()
        .AddSingleton<IConsoleFeature, ConsoleNotesApi>()
        .AddSingleton<IConsoleFeature, ConsoleRelationsApi>()
        .AddSingleton<IConsoleFeature, ConsoleDeletionApi>()
        .AddSingleton<IConsoleFeature, ConsoleGroupsApi>()
        .AddSingleton<IConsoleFeature, ConsoleGroupMembersApi>()
        .AddSingleton<IConsoleFeature, ConsoleStorageListApi>()
        .AddSingleton<IConsoleFeature, ConsoleStorageApi>()
        .AddSingleton<IConsoleFeature, ConsoleNotificationsApi>()
        .AddSingleton<IConsoleFeature, ConsoleChannelsApi>()
        .AddSingleton<IConsoleFeature, ConsoleLeaderboardsApi>()
        .AddSingleton<IConsoleFeature, ConsoleRecordsApi>()
        .AddSingleton<IConsoleFeature, ConsoleMatchesApi>()
        .AddSingleton<IConsoleFeature, ConsoleExplorerApi>()
        .AddSingleton<IConsoleFeature, ConsoleAuditApi>()
        .AddSingleton<ConsoleSatoriClient>()
        .AddSingleton<IConsoleFeature, ConsoleSatoriApi>()
        .AddConsoleLive()
        .AddConsoleOidc()
        .AddConsoleSearch()
        .AddConsoleHistory()
        .AddSingleton(CreateService);

    private static ApiService CreateService(IServiceProvider provider)
    {
        // The required rights are defined by the console rules; the credential kinds of the games' service do not apply.
        var map = new ApiMap(
            [
                ConsoleReflection.Descriptor.Services[0], ConsoleLiveReflection.Descriptor.Services[0], ConsoleOidcReflection.Descriptor.Services[0],
                ConsoleHistoryReflection.Descriptor.Services[0],
            ],
            static _ => ApiCredential.None,
            provider.GetRequiredService<ILogger<ApiMap>>());
        foreach (var feature in provider.GetServices<IConsoleFeature>()) feature.Map(map);
        provider.GetRequiredService<LiveNodes>().Attach(map);
        provider.GetRequiredService<ConsoleAudit>().Attach(map);
        return new ApiService(ApiAudience.Operators, map, provider.GetRequiredService<ConsoleCredentialCheck>());
    }
}
