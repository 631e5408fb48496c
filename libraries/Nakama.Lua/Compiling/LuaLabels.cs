namespace Nakama.Lua.Compiling;

/// <summary>A forward jump whose label has not been defined yet, with the number of variables active at the jump.</summary>
internal readonly record struct LuaPendingGoto(LuaString Name, int Line, int Jump, int LocalCount);

internal readonly record struct LuaSeenLabel(int Line, int Position);

/// <summary>The labels of a block, and its unresolved jumps.</summary>
internal sealed class LuaLabels(LuaLabels? outer, int localCount, bool isOpenAtEnd = false)
{
    private readonly Dictionary<LuaString, LuaSeenLabel> _seen = [];
    private List<LuaPendingGoto> _pending = [];

    /// <summary>Whether something after the last statement can still use the block's variables.</summary>
    public bool IsOpenAtEnd => isOpenAtEnd;

    public LuaPendingGoto? Unresolved => _pending.Count > 0 ? _pending[0] : null;

    public LuaSeenLabel? Find(LuaString name) => _seen.TryGetValue(name, out var label) ? label : outer?.Find(name);

    public void Add(LuaPendingGoto jump) => _pending.Add(jump);

    /// <summary>Resolves pending jumps. Returns one that would skip the declaration of a variable that is still in use.</summary>
    /// <param name="activeCount">The number of variables active at the label; zero when nothing after it can use them.</param>
    public LuaPendingGoto? Define(LuaString name, int line, LuaCode code, int activeCount)
    {
        _seen.Add(name, new LuaSeenLabel(line, code.Position));
        foreach (var jump in _pending)
        {
            if (!jump.Name.Equals(name)) continue;
            if (jump.LocalCount < activeCount) return jump;
            code.Patch(jump.Jump, code.Position);
        }
        _pending.RemoveAll(jump => jump.Name.Equals(name));
        return null;
    }

    /// <summary>Ends the block and moves unresolved jumps to the enclosing one.</summary>
    public LuaLabels Close()
    {
        foreach (var jump in _pending) outer!._pending.Add(jump with { LocalCount = Math.Min(jump.LocalCount, localCount) });
        _pending = [];
        return outer!;
    }
}
