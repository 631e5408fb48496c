using System.Buffers;
using Nakama.Lua.Running;

namespace Nakama.Lua.Library;

/// <content>Functions that load code, and function environments. Files of the host are not accessible.</content>
internal static partial class BaseLibrary
{
    private const string DefaultChunkName = "<string>";

    private static void OpenLoading(LuaTable globals)
    {
        globals.Set("loadstring", static call => Compile(call, call.CheckString(1).Bytes, call.OptionalText(2, DefaultChunkName)));
        globals.Set("load", Load);
        globals.Set("loadfile", static call => call.Return(default, $"can not open file: {call.CheckText(1)}"));
        globals.Set("dofile", static call => throw new LuaException($"open {call.CheckText(1)}: no such file or directory"));
    }

    private static int Compile(LuaCall call, ReadOnlyMemory<byte> source, string chunkName)
    {
        call.Charge(source.Length);
        try
        {
            return call.Return(call.Machine.Load(LuaPrototype.Compile(source, chunkName)));
        }
        catch (LuaException exception) when (!exception.IsFatal)
        {
            return call.Return(default, exception.Value);
        }
    }

    private static int Load(LuaCall call)
    {
        var reader = call.CheckFunction(1);
        var chunkName = call.OptionalText(2, "?");
        var source = new ArrayBufferWriter<byte>();
        while (true)
        {
            var piece = call.Call(reader)[0];
            if (piece.IsNil) break;
            if (piece.AsString is not { } text) return call.Return(default, "reader function must return a string");
            if (text.Length == 0) break;
            call.Machine.CheckStringLength(call.Thread, source.WrittenCount + (long)text.Length);
            source.Write(text.Span);
        }
        return Compile(call, source.WrittenMemory, chunkName);
    }

    private static int GetEnvironment(LuaCall call)
    {
        if (call[1].Reference is LuaClosure closure) return call.Return(closure.Environment);
        var level = call[1].IsNumber ? call[1].AsInteger : call[1].IsNil ? 1 : 0;
        return call.Return(level > 0 && FindClosure(call.Thread, level) is { } running ? running.Environment : call.Machine.Globals);
    }

    private static int SetEnvironment(LuaCall call)
    {
        var environment = call.CheckTable(2);
        var target = call[1].Reference as LuaClosure ?? (call[1] is { IsNumber: true, AsInteger: > 0 and var level } ? FindClosure(call.Thread, level) : null);
        if (target is null) throw call.Error("cannot change the environment of given object");
        target.Environment = environment;
        return call.Return(target);
    }

    /// <summary>The script function at this call level; the caller is level one.</summary>
    private static LuaClosure? FindClosure(LuaCoroutine thread, long level)
    {
        for (var index = thread.FrameCount - 1; index >= 0; index--)
        {
            if (--level == 0) return thread.Frames[index].Kind == LuaFrameKind.Script ? thread.Frames[index].Closure : null;
        }
        return null;
    }
}
