namespace Nakama.Lua.Library;

/// <summary>The part of a directive between the percent sign and the letter.</summary>
internal struct LuaFormatSpec
{
    private int _width;
    private int _precision;

    public bool HasPlus;
    public bool HasMinus;
    public bool HasSharp;
    public bool HasSpace;
    public bool HasZero;

    /// <summary>The minimum number of characters, or zero.</summary>
    public int Width
    {
        readonly get => _width;
        set => _width = value;
    }

    /// <summary>-1 when none is given.</summary>
    public int Precision
    {
        readonly get => _precision - 1;
        set => _precision = value + 1;
    }

    public bool TryAddFlag(byte letter)
    {
        switch (letter)
        {
            case (byte)'+': HasPlus = true; return true;
            case (byte)'#': HasSharp = true; return true;
            case (byte)' ': HasSpace = true; return true;
            case (byte)'0':
                HasZero = !HasMinus;
                return true;
            case (byte)'-':
                HasMinus = true;
                HasZero = false;
                return true;
            default: return false;
        }
    }
}
