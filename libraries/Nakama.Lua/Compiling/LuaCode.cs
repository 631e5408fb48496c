namespace Nakama.Lua.Compiling;

/// <summary>The instructions and constants of a function that is being compiled.</summary>
internal sealed class LuaCode
{
    private readonly List<LuaInstruction> _instructions = [];
    private readonly List<int> _lines = [];
    private readonly List<LuaValue> _constants = [];
    private readonly Dictionary<LuaValue, int> _known = [];
    private int _minusZero = -1;
    private int _nil = -1;

    public Dictionary<int, LuaString> CallNames { get; } = [];

    public int Position => _instructions.Count;

    public LuaInstruction[] Instructions => [.. _instructions];

    public int[] Lines => [.. _lines];

    public LuaValue[] Constants => [.. _constants];

    /// <summary>The source line of the next instruction.</summary>
    public int Line { get; set; }

    public int Emit(LuaOp op, int a, int b = 0, int c = 0, bool x = false)
    {
        _instructions.Add(new LuaInstruction { Op = op, A = (ushort)a, B = (ushort)b, C = (ushort)c, X = x ? (byte)1 : (byte)0 });
        _lines.Add(Line);
        return _instructions.Count - 1;
    }

    public int EmitLong(LuaOp op, int a, int d, bool x = false)
    {
        _instructions.Add(new LuaInstruction { Op = op, A = (ushort)a, D = d, X = x ? (byte)1 : (byte)0 });
        _lines.Add(Line);
        return _instructions.Count - 1;
    }

    /// <summary>Sets the target of an emitted jump.</summary>
    public void Patch(int jump, int target)
    {
        var instruction = _instructions[jump];
        instruction.D = target - jump - 1;
        _instructions[jump] = instruction;
    }

    public void PatchHere(List<int> jumps)
    {
        foreach (var jump in jumps) Patch(jump, Position);
    }

    public int Constant(in LuaValue value)
    {
        if (value.IsNil) return Special(ref _nil, value);
        if (value.IsNumber && value.Double == 0 && double.IsNegative(value.Double)) return Special(ref _minusZero, value);
        if (value.IsNumber && double.IsNaN(value.Double)) return Append(value);
        if (_known.TryGetValue(value, out var index)) return index;
        index = Append(value);
        _known.Add(value, index);
        return index;
    }

    private int Special(ref int index, in LuaValue value)
    {
        if (index < 0) index = Append(value);
        return index;
    }

    private int Append(in LuaValue value)
    {
        _constants.Add(value);
        return _constants.Count - 1;
    }
}
