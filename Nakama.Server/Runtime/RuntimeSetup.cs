using Nakama.Server.Api;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.DotNet;
using Nakama.Server.Runtime.Events;
using Nakama.Server.Runtime.Functions;
using Nakama.Server.Runtime.Lua;
using Nakama.Server.Runtime.Lua.Hosting;
using Nakama.Server.Sessions;

namespace Nakama.Server.Runtime;

internal static class RuntimeSetup
{
    /// <summary>Game modules: what they may call, and what calls them.</summary>
    public static IServiceCollection AddRuntime(this IServiceCollection services) => services
        .AddSingleton<RuntimeEnvironment>()
        .AddSingleton<EventRegistry>()
        .AddSingleton<EventQueue>()
        .AddHostedService(static provider => provider.GetRequiredService<EventQueue>())
        .AddSingleton<IApiFeature, EventApi>()
        .AddSingleton<ISessionListener, SessionEvents>()
        .AddSingleton<CallbackConnections>()
        .AddHostedService<RuntimeModules>()
        .AddSingleton(static provider => new LuaHost(provider.GetRequiredService<TimeProvider>()) { Print = Console.WriteLine })
        .AddSingleton(static provider => LimitsOf(provider.GetRequiredService<RuntimeOptions>()))
        .AddSingleton<LuaBinding>()
        .AddSingleton<LuaContexts>()
        .AddSingleton<LuaErrors>()
        .AddSingleton<IScriptRuntime, LuaRuntime>()
        .AddSingleton<GameContexts>()
        .AddSingleton<GameInvoker>()
        .AddSingleton<IScriptRuntime, GameRuntime>()
        .AddFunctions();

    private static LuaLimits LimitsOf(RuntimeOptions options) => new() { CallDepth = options.LuaCallStackSize, StackSlots = options.LuaRegistrySize };

    /// <summary>A new family is one line here; the order is that of the documentation.</summary>
    private static IServiceCollection AddFunctions(this IServiceCollection services) => services
        .AddSingleton<ModuleFolder>()
        .AddSingleton<FunctionCatalog>()
        .AddSingleton<IFunctionFamily, LogFunctions>()
        .AddSingleton<IFunctionFamily, ClockFunctions>()
        .AddSingleton<IFunctionFamily, CronFunctions>()
        .AddSingleton<IFunctionFamily, IdFunctions>()
        .AddSingleton<IFunctionFamily, ConfigFunctions>()
        .AddSingleton<IFunctionFamily, FileFunctions>()
        .AddSingleton<IFunctionFamily, EventFunctions>()
        .AddSingleton<IFunctionFamily, MetricFunctions>()
        .AddSingleton<IFunctionFamily, CacheFunctions>()
        .AddSingleton<IFunctionFamily, SqlFunctions>()
        .AddSingleton<IFunctionFamily, HttpFunctions>()
        .AddSingleton<IFunctionFamily, EncodingFunctions>()
        .AddSingleton<IFunctionFamily, HashFunctions>()
        .AddSingleton<IFunctionFamily, CipherFunctions>()
        .AddSingleton<IFunctionFamily, TokenFunctions>()
        .AddSingleton<IFunctionFamily, AuthenticationFunctions>()
        .AddSingleton<IFunctionFamily, SocialAuthenticationFunctions>()
        .AddSingleton<IFunctionFamily, LinkFunctions>()
        .AddSingleton<IFunctionFamily, AccountFunctions>()
        .AddSingleton<IFunctionFamily, FriendFunctions>()
        .AddSingleton<IFunctionFamily, GroupFunctions>()
        .AddSingleton<IFunctionFamily, GroupMemberFunctions>()
        .AddSingleton<IFunctionFamily, ChannelFunctions>()
        .AddSingleton<IFunctionFamily, SessionFunctions>()
        .AddSingleton<IFunctionFamily, StatusFunctions>()
        .AddSingleton<IFunctionFamily, StreamFunctions>()
        .AddSingleton<IFunctionFamily, NotificationFunctions>()
        .AddSingleton<IFunctionFamily, StorageFunctions>()
        .AddSingleton<IFunctionFamily, StorageIndexFunctions>()
        .AddSingleton<IFunctionFamily, WalletFunctions>()
        .AddSingleton<IFunctionFamily, MultiUpdateFunctions>()
        .AddSingleton<IFunctionFamily, LeaderboardFunctions>()
        .AddSingleton<IFunctionFamily, LeaderboardRecordFunctions>()
        .AddSingleton<IFunctionFamily, TournamentFunctions>()
        .AddSingleton<IFunctionFamily, TournamentRecordFunctions>()
        .AddSingleton<IFunctionFamily, PurchaseFunctions>()
        .AddSingleton<IFunctionFamily, SubscriptionFunctions>()
        .AddSingleton<IFunctionFamily, MatchFunctions>()
        .AddSingleton<IFunctionFamily, MatchListFunctions>()
        .AddSingleton<IFunctionFamily, LuaJsonFunctions>()
        .AddSingleton<IFunctionFamily, LuaContextFunctions>()
        .AddSingleton<IFunctionFamily, LuaRegistrationFunctions>();
}
