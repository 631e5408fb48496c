namespace Nakama.Lua.Compiling;

/// <summary>The names in scope while one function is parsed.</summary>
internal sealed class LuaNames(LuaNames? outer, LuaFunctionExpression function)
{
    private const int MostLocals = 200;

    private readonly List<LuaLocal> _visible = [];
    private readonly Dictionary<LuaLocal, int> _ofLocals = [];
    private readonly Dictionary<int, int> _ofOuters = [];

    public LuaNames? Outer => outer;

    public LuaFunctionExpression Function => function;

    /// <summary>The number of enclosing loops in this function.</summary>
    public int LoopCount { get; set; }

    public int Mark() => _visible.Count;

    public void Forget(int mark) => _visible.RemoveRange(mark, _visible.Count - mark);

    public bool TryDeclare(LuaLocal local)
    {
        _visible.Add(local);
        return _visible.Count <= MostLocals;
    }

    public LuaLocal? Find(LuaString name)
    {
        for (var index = _visible.Count - 1; index >= 0; index--)
        {
            if (_visible[index].Name.Equals(name)) return _visible[index];
        }
        return null;
    }

    /// <summary>The upvalue for a variable of an enclosing function, created if needed; -1 if there is no such variable.</summary>
    public int FindUpvalue(LuaString name)
    {
        if (outer is null) return -1;
        if (outer.Find(name) is { } local)
        {
            local.IsCaptured = true;
            if (!_ofLocals.TryGetValue(local, out var index))
            {
                index = function.Upvalues.Count;
                function.Upvalues.Add(new LuaUpvalue(local, -1));
                _ofLocals.Add(local, index);
            }
            return index;
        }
        var further = outer.FindUpvalue(name);
        if (further < 0) return -1;
        if (!_ofOuters.TryGetValue(further, out var known))
        {
            known = function.Upvalues.Count;
            function.Upvalues.Add(new LuaUpvalue(null, further));
            _ofOuters.Add(further, known);
        }
        return known;
    }
}
