namespace Nakama.Lua.Library;

/// <summary>Modules: only <c>package.loaded</c> and <c>package.preload</c>, without access to a file system.</summary>
internal static class PackageLibrary
{
    private static readonly LuaUserData InProgress = new(null);
    private static readonly LuaTable Template = CreateTemplate();
    private static readonly LuaFunction CacheLoader = LuaFunction.Create("cache", static call => call.Return($"no cached module '{call.CheckText(1)}', "));
    private static readonly LuaFunction ModuleFunction = LuaFunction.Create("module", Module);

    public static LuaTable Create(LuaMachine machine)
    {
        var library = new LuaTable(Template);
        var preload = new LuaTable();
        library["preload"] = preload;
        library["loaded"] = machine.Loaded;
        var loaders = new LuaTable(2, 0);
        loaders.Add(LuaFunction.Create("preload", call => Find(call, preload)));
        loaders.Add(CacheLoader);
        library["loaders"] = loaders;
        machine.Globals.Set("require", call => Require(call, loaders));
        machine.Globals["module"] = ModuleFunction;
        return library;
    }

    private static LuaTable CreateTemplate()
    {
        var library = new LuaTable(0, 8)
        {
            ["path"] = "/usr/local/share/lua/5.1/?.lua;/usr/local/share/lua/5.1/?/init.lua",
            ["cpath"] = "",
        };
        library.Set("loadlib", static call => throw call.Error("loadlib is not supported"));
        library.Set("seeall", static call => SeeAll(call, call.CheckTable(1)));
        return library;
    }

    private static int Find(LuaCall call, LuaTable preload)
    {
        var name = call.CheckString(1);
        var loader = preload.GetString(name);
        if (loader.IsNil && call.Machine.ModuleSource?.Invoke(name) is { } code) return call.Return(call.Machine.Load(code));
        return loader.IsNil ? call.Return($"no field package.preload['{name}']") : call.Return(loader);
    }

    private static int Require(LuaCall call, LuaTable loaders)
    {
        var name = call.CheckString(1);
        var loaded = call.Machine.Loaded;
        var known = loaded.GetString(name);
        if (ReferenceEquals(known.Reference, InProgress)) throw call.Error($"loop or previous error loading module: {name}");
        if (known.IsTruthy) return call.Return(known);
        var problems = "";
        for (var index = 1; index <= loaders.Length; index++)
        {
            if (loaders.GetInteger(index).AsFunction is not { } find) continue;
            var found = call.Call(find, name)[0];
            if (found.AsFunction is { } loader) return Run(call, loaded, name, loader);
            if (found.IsString) problems += $"\n\t{found}";
        }
        throw call.Error($"module {name} not found:{problems}");
    }

    private static int Run(LuaCall call, LuaTable loaded, LuaString name, LuaFunction loader)
    {
        loaded.SetString(name, InProgress);
        var result = call.Call(loader, name)[0];
        var left = loaded.GetString(name);
        if (result.IsNil) result = ReferenceEquals(left.Reference, InProgress) ? true : left;
        loaded.SetString(name, result);
        return call.Return(result);
    }

    private static int Module(LuaCall call)
    {
        var name = call.CheckString(1);
        var module = call.Machine.Loaded.GetString(name).AsTable ?? new LuaTable();
        call.Machine.Loaded.SetString(name, module);
        module["_M"] = module;
        module["_NAME"] = name;
        var text = name.ToString();
        module["_PACKAGE"] = text[..(text.LastIndexOf('.') + 1)];
        call.Machine.Globals.SetString(name, module);
        for (var number = 2; number <= call.Count; number++) call.Call(call.CheckFunction(number), module);
        ref var frame = ref call.Thread.Frames[call.Thread.FrameCount - 1];
        if (frame.Closure is { } closure) closure.Environment = module;
        return call.Return(module);
    }

    private static int SeeAll(LuaCall call, LuaTable module)
    {
        module.Metatable ??= new LuaTable(0, 1);
        module.Metatable[LuaMetaNames.Of(LuaMeta.Index)] = call.Machine.Globals;
        return 0;
    }
}
