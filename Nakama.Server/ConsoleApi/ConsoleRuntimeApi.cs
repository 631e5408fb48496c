using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Api;
using Nakama.Server.Runtime;
using Nakama.Server.Runtime.Callbacks;

namespace Nakama.Server.ConsoleApi;

/// <summary>The functions and files of game modules, in the version that new calls run on.</summary>
internal sealed class ConsoleRuntimeApi(RuntimeModules modules) : IConsoleFeature
{
    public void Map(ApiMap api) => api.Map<Empty, RuntimeInfo>("GetRuntime", (_, _, _) => new(Describe()));

    private RuntimeInfo Describe()
    {
        var (info, loaded) = (new RuntimeInfo(), modules.Loaded);
        Add(loaded.Of(ScriptLanguage.DotNet), info.GoRpcFunctions, info.GoModules);
        Add(loaded.Of(ScriptLanguage.Lua), info.LuaRpcFunctions, info.LuaModules);
        Add(loaded.Of(ScriptLanguage.JavaScript), info.JsRpcFunctions, info.JsModules);
        return info;
    }

    private static void Add(RuntimeRegistrations? registrations, RepeatedField<string> functions, RepeatedField<RuntimeInfo.Types.ModuleInfo> files)
    {
        if (registrations is null) return;
        foreach (var (kind, name) in registrations.Callbacks)
        {
            if (kind == CallbackKind.Rpc) functions.Add(name.ToLowerInvariant());
        }

        foreach (var file in registrations.Modules)
            files.Add(new RuntimeInfo.Types.ModuleInfo { Path = file.Path, ModTime = file.ModifiedAt.ToTimestamp() });
    }
}
