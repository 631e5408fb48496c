namespace Nakama.Server.Runtime.Lua.Hosting;

/// <summary>What a function of a module is registered for.</summary>
internal enum LuaCallbackKind
{
    Rpc,
    BeforeRequest,
    AfterRequest,
    BeforeMessage,
    AfterMessage,
    Shutdown,
    MatchmakerMatched,
    TournamentEnd,
    TournamentReset,
    LeaderboardReset,
    StorageIndexFilter,
}
