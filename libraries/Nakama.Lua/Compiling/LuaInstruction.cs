using System.Runtime.InteropServices;

namespace Nakama.Lua.Compiling;

/// <summary>
/// One instruction of the interpreter. R is a register of the running function, K a constant, U an upvalue. Jumps are relative
/// to the instruction after the one that holds the distance.
/// </summary>
internal enum LuaOp : byte
{
    Move, // R[A] = R[B]
    LoadConstant, // R[A] = K[D]
    LoadNil, // R[A], B of them
    LoadTrue,
    LoadFalse,
    GetUpvalue, // R[A] = U[B]
    SetUpvalue, // U[A] = R[B]
    NewCell, // R[A] = a cell with R[A]
    GetCell, // R[A] = the value in the cell R[B]
    SetCell, // the cell R[A] holds R[B]
    GetGlobal, // R[A] = globals[K[D]]
    SetGlobal, // globals[K[D]] = R[A]
    GetField, // R[A] = R[B][K[C]]
    SetField, // R[A][K[B]] = R[C]
    GetIndex, // R[A] = R[B][R[C]]
    SetIndex, // R[A][R[B]] = R[C]
    NewTable, // R[A] with room for B elements and C fields
    SetList, // R[A][D of the next + 1...] = R[A + 1...], B - 1 of them or all
    Self, // R[A + 1] = R[B], R[A] = R[B][K[C]]
    Add, // R[A] = R[B] + R[C], and so on
    Sub,
    Mul,
    Div,
    Mod,
    Pow,
    AddConstant, // R[A] = R[B] + K[C], and so on
    SubConstant,
    MulConstant,
    DivConstant,
    ModConstant,
    PowConstant,
    Minus,
    Not,
    Length,
    Concat, // R[A] = R[B] .. C of them
    Jump, // by D
    Loop, // by D, backwards
    JumpIfTrue, // R[A], by D
    JumpIfFalse,
    Equal, // by D of the next if (R[A] == R[B]) is X, and so on
    Less,
    LessEqual,
    EqualConstant, // K[B] instead of R[B]
    LessConstant,
    LessEqualConstant,
    GreaterConstant,
    GreaterEqualConstant,
    ForPrepare, // R[A] index, R[A + 1] limit, R[A + 2] step; by D when there is nothing to do
    ForLoop, // by D while in bounds; X: the variable R[A + 3] is a copy of the index
    ForLoopByOne,
    IteratePrepare, // R[A] function, R[A + 1] state, R[A + 2] control; by D
    Iterate, // R[A + 3...] = R[A](R[A + 1], R[A + 2]), C of them
    IterateLoop, // by D unless R[A + 3] is nil
    Call, // R[A](R[A + 1...]), B - 1 arguments or all, C - 1 results or all
    TailCall,
    Return, // R[A...], B - 1 of them or all
    ReturnNone,
    ReturnOne,
    Varargs, // R[A...], C - 1 of them or all
    ArgTable, // R[A] = the varargs as a table
    Closure, // R[A] = P[D]
}

[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct LuaInstruction
{
    [FieldOffset(0)]
    public LuaOp Op;

    [FieldOffset(1)]
    public byte X;

    [FieldOffset(2)]
    public ushort A;

    [FieldOffset(4)]
    public ushort B;

    [FieldOffset(6)]
    public ushort C;

    /// <summary>Instead of B and C.</summary>
    [FieldOffset(4)]
    public int D;
}
