using Nakama.Lua;
using Nakama.Tests.House;

namespace Nakama.Tests.Runtime.Lua;

/// <summary>An interpreter as it stands in the pool, with the recording's runner as its only module.</summary>
internal sealed class SnippetRunner
{
    private readonly Dictionary<string, LuaFunction> _handlers = [];
    private readonly LuaMachine _pooled;

    public SnippetRunner()
    {
        var reference = LuaTestBed.Machine();
        reference.Loaded["nakama"] = new LuaTable
        {
            ["register_rpc"] = LuaFunction.Create("register_rpc", Register),
            ["json_decode"] = LuaFunction.Create("json_decode", static call => call.Return(new LuaTable { ["code"] = call[1] })),
        };
        var runner = reference.Load(SourceTree.Read(LuaTestBed.Snippets + "/runner.lua"), "runner.lua");
        reference.Call(runner, [], CancellationToken.None);
        _pooled = reference.CreateSharing();
    }

    public string Run(string code) => _pooled.Call(_handlers["golden_lua_run"], [default, code], CancellationToken.None)[0].ToString();

    private int Register(LuaCall call)
    {
        _handlers[call.CheckText(2)] = call.CheckFunction(1);
        return 0;
    }
}
