namespace Nakama.Lua.Running;

/// <summary>Measures the memory that is reachable from an interpreter.</summary>
internal sealed class LuaMemory
{
    private const int ClosureBytes = 48;
    private const int CellBytes = 40;
    private const int SharedStringBytes = 256;

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<object> _open = new();
    private long _bytes;

    /// <summary>The bytes in use, or any number above <paramref name="most"/>.</summary>
    public static long Measure(LuaMachine machine, long most)
    {
        var memory = new LuaMemory();
        foreach (var root in machine.Roots()) memory.Visit(new LuaValue(root));
        foreach (var stack in machine.Stacks()) memory.Visit(new LuaValue(stack));
        while (memory._open.TryPop(out var next) && memory._bytes <= most) memory.Enter(next);
        return memory._bytes;
    }

    private void Visit(in LuaValue value)
    {
        switch (value.Reference)
        {
            case LuaString { Length: < SharedStringBytes } text:
                _bytes += text.Length + LuaString.Overhead;
                break;
            case LuaString text:
                if (_seen.Add(text)) _bytes += text.Length + LuaString.Overhead;
                break;
            case LuaTable or LuaClosure or LuaCoroutine or LuaUserData:
            case LuaNativeFunction { Coroutine: not null }:
                if (_seen.Add(value.Reference)) _open.Push(value.Reference);
                break;
            case LuaCell cell:
                Visit(cell);
                break;
        }
    }

    private void Visit(LuaCell cell)
    {
        if (!_seen.Add(cell)) return;
        _bytes += CellBytes;
        _open.Push(cell);
    }

    private void Enter(object holder)
    {
        switch (holder)
        {
            case LuaTable table:
                _bytes += table.SizeInBytes;
                if (table.Metatable is { } metatable) Visit(new LuaValue(metatable));
                foreach (var (key, value) in table)
                {
                    Visit(key);
                    Visit(value);
                }
                break;
            case LuaClosure closure:
                _bytes += ClosureBytes + (8 * closure.Upvalues.Length);
                Visit(new LuaValue(closure.Environment));
                foreach (var cell in closure.Upvalues) Visit(cell);
                break;
            case LuaCell cell:
                Visit(cell.Value);
                break;
            case LuaCoroutine coroutine:
                _bytes += 16L * coroutine.Stack.Length;
                foreach (ref readonly var value in coroutine.Stack.AsSpan()) Visit(value);
                if (coroutine.Body is { } body) Visit(new LuaValue(body));
                for (var index = 0; index < coroutine.FrameCount; index++)
                {
                    if (coroutine.Frames[index].Closure is { } running) Visit(new LuaValue(running));
                }
                break;
            case LuaNativeFunction { Coroutine: { } wrapped }:
                Visit(new LuaValue(wrapped));
                break;
            case LuaUserData { Metatable: { } meta }:
                Visit(new LuaValue(meta));
                break;
        }
    }
}
