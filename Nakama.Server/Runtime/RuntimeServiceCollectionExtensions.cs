using Nakama.GameLogic.Functions;
using Nakama.Lua;
using Nakama.Server.Api;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.DotNet;
using Nakama.Server.Runtime.DotNet.Functions;
using Nakama.Server.Runtime.Events;
using Nakama.Server.Runtime.Functions;
using Nakama.Server.Runtime.Http;
using Nakama.Server.Runtime.JavaScript;
using Nakama.Server.Runtime.Jobs;
using Nakama.Server.Runtime.Lua;
using Nakama.Server.Satori;
using Nakama.Server.Sessions;

namespace Nakama.Server.Runtime;

internal static class RuntimeServiceCollectionExtensions
{
    /// <summary>Adds game modules: the functions they may call, and the features that call them.</summary>
    public static IServiceCollection AddRuntime(this IServiceCollection services) => services
        .AddSingleton<RuntimeEnvironment>()
        .AddSingleton<EventRegistry>()
        .AddSingleton<EventQueue>()
        .AddHostedService(static provider => provider.GetRequiredService<EventQueue>())
        .AddSingleton<IApiFeature, EventApi>()
        .AddSingleton<ISessionListener, SessionEvents>()
        .AddSingleton<HttpHandlerRegistries>()
        .AddSingleton<IRawEndpoint>(static provider => new HttpHandlerEndpoint(provider.GetRequiredService<HttpHandlerRegistries>().Games))
        .AddSingleton<IRawEndpoint>(static provider => new HttpHandlerEndpoint(provider.GetRequiredService<HttpHandlerRegistries>().Operators))
        .AddSingleton<JobRegistry>()
        .AddSingleton<JobStore>()
        .AddSingleton<JobRunner>()
        .AddSingleton<JobScheduler>()
        .AddSingleton<FunctionFailures>()
        .AddSingleton<CallbackConnections>()
        .AddSingleton<RuntimeModules>()
        .AddHostedService(static provider => provider.GetRequiredService<RuntimeModules>())
        .AddHostedService<ModuleWatcher>()
        .AddHostedService(static provider => provider.GetRequiredService<JobScheduler>())
        .AddSingleton(static provider => new LuaHost(provider.GetRequiredService<TimeProvider>()) { Print = Console.WriteLine })
        .AddSingleton(static provider => LimitsOf(provider.GetRequiredService<RuntimeOptions>()))
        .AddSingleton<LuaBinding>()
        .AddSingleton<LuaContexts>()
        .AddSingleton<LuaErrors>()
        .AddSingleton<IScriptRuntime, LuaRuntime>()
        .AddSingleton<ScriptThreads>()
        .AddSingleton<JavaScriptBinding>()
        .AddSingleton<SharedEnvironment>()
        .AddSingleton<JavaScriptContexts>()
        .AddSingleton<JavaScriptErrors>()
        .AddSingleton<JavaScriptLogger>()
        .AddSingleton<JavaScriptHost>()
        .AddSingleton<IScriptRuntime, JavaScriptRuntime>()
        .AddSingleton<GameContexts>()
        .AddSingleton<GameAssemblies>()
        .AddSingleton<GameFunctionCaller>()
        .AddSingleton<GameEvents>()
        .AddSingleton<INakama, GameFunctions>()
        .AddSingleton<IScriptRuntime, GameRuntime>()
        .AddFunctions();

    private static LuaLimits LimitsOf(RuntimeOptions options) => new() { CallDepth = options.LuaCallStackSize, StackSlots = options.LuaRegistrySize };

    /// <summary>Each function family is one line here; the order is that of the documentation.</summary>
    private static IServiceCollection AddFunctions(this IServiceCollection services) => services
        .AddSingleton<ModuleFolder>()
        .AddSingleton<FunctionCatalog>()
        .AddSingleton<IFunctionModule, LogFunctions>()
        .AddSingleton<IFunctionModule, ClockFunctions>()
        .AddSingleton<IFunctionModule, CronFunctions>()
        .AddSingleton<IFunctionModule, JobFunctions>()
        .AddSingleton<IFunctionModule, IdFunctions>()
        .AddSingleton<IFunctionModule, FileFunctions>()
        .AddSingleton<IFunctionModule, EventFunctions>()
        .AddSingleton<IFunctionModule, MetricFunctions>()
        .AddSingleton<IFunctionModule, CacheFunctions>()
        .AddSingleton<IFunctionModule, SqlFunctions>()
        .AddSingleton<IFunctionModule, HttpFunctions>()
        .AddSingleton<IFunctionModule, TextFunctions>()
        .AddSingleton<IFunctionModule, EncodingFunctions>()
        .AddSingleton<IFunctionModule, HashFunctions>()
        .AddSingleton<IFunctionModule, CipherFunctions>()
        .AddSingleton<IFunctionModule, TokenFunctions>()
        .AddSingleton<IFunctionModule, AuthenticationFunctions>()
        .AddSingleton<IFunctionModule, SocialAuthenticationFunctions>()
        .AddSingleton<IFunctionModule, LinkFunctions>()
        .AddSingleton<IFunctionModule, AccountFunctions>()
        .AddSingleton<IFunctionModule, FriendFunctions>()
        .AddSingleton<IFunctionModule, GroupFunctions>()
        .AddSingleton<IFunctionModule, GroupMemberFunctions>()
        .AddSingleton<IFunctionModule, ChannelFunctions>()
        .AddSingleton<IFunctionModule, SessionFunctions>()
        .AddSingleton<IFunctionModule, StatusFunctions>()
        .AddSingleton<IFunctionModule, StreamFunctions>()
        .AddSingleton<IFunctionModule, NotificationFunctions>()
        .AddSingleton<IFunctionModule, StorageFunctions>()
        .AddSingleton<IFunctionModule, StorageIndexFunctions>()
        .AddSingleton<IFunctionModule, WalletFunctions>()
        .AddSingleton<IFunctionModule, MultiUpdateFunctions>()
        .AddSingleton<IFunctionModule, LeaderboardFunctions>()
        .AddSingleton<IFunctionModule, LeaderboardRecordFunctions>()
        .AddSingleton<IFunctionModule, TournamentFunctions>()
        .AddSingleton<IFunctionModule, TournamentRecordFunctions>()
        .AddSingleton<IFunctionModule, PurchaseFunctions>()
        .AddSingleton<IFunctionModule, SubscriptionFunctions>()
        .AddSingleton<IFunctionModule, MatchFunctions>()
        .AddSingleton<IFunctionModule, MatchListFunctions>()
        .AddSingleton<SatoriClient>()
        .AddSingleton<SatoriCache>()
        .AddSingleton<IFunctionModule, SatoriFunctions>()
        .AddSingleton<IFunctionModule, LuaJsonFunctions>()
        .AddSingleton<IFunctionModule, LuaContextFunctions>()
        .AddSingleton<IFunctionModule, LuaRegistrationFunctions>();
}
