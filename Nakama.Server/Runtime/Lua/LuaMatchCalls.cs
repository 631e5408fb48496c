namespace Nakama.Server.Runtime.Lua;

/// <summary>The functions of a match module, by the index of their name.</summary>
internal static class LuaMatchCalls
{
    public const int Init = 0;
    public const int JoinAttempt = 1;
    public const int Join = 2;
    public const int Leave = 3;
    public const int Loop = 4;
    public const int Terminate = 5;
    public const int Signal = 6;

    public static IReadOnlyList<string> Names { get; } =
        ["match_init", "match_join_attempt", "match_join", "match_leave", "match_loop", "match_terminate", "match_signal"];

    /// <summary>The name of a function in the text of an error.</summary>
    public static string TitleOf(int call) => call switch
    {
        JoinAttempt => "Match join attempt",
        Join => "Match join",
        Leave => "Match leave",
        Loop => "Match loop",
        Terminate => "Match terminate",
        _ => "Match signal",
    };
}
