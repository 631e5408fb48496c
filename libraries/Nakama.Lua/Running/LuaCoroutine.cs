using System.Runtime.CompilerServices;

namespace Nakama.Lua.Running;

internal enum LuaCoroutineStatus : byte
{
    Suspended,
    Running,

    /// <summary>It has resumed another one.</summary>
    Normal,
    Dead,
}

/// <summary>A stack of values and calls: the one of the machine itself, or a coroutine's.</summary>
internal sealed class LuaCoroutine : LuaObject
{
    // Room that an error may need at the end of a full stack.
    private const int Reserve = 8;
    private const int FirstSlots = 64;
    private const int FirstFrames = 8;

    public readonly LuaMachine Machine;
    public readonly LuaFunction? Body;
    public LuaValue[] Stack;
    public LuaFrame[] Frames;
    public int FrameCount;

    /// <summary>The first slot that a native function or a call from outside may use.</summary>
    public int Top;

    /// <summary>The end of the values that the last call gave, where their number was open.</summary>
    public int OpenEnd;
    public LuaCoroutineStatus Status;
    public bool IsStarted;

    /// <summary>Who resumed it.</summary>
    public LuaCoroutine? Parent;

    /// <summary>Where results of a resumption or of a waiting native function go, and how many are wanted.</summary>
    public int PendingResult;
    public int PendingWanted;

    /// <summary>Whether the one who resumed it wants errors raised instead of returned.</summary>
    public bool IsWrapped;

    public LuaCoroutine(LuaMachine machine, LuaFunction? body)
    {
        Machine = machine;
        Body = body;
        Stack = new LuaValue[Math.Min(FirstSlots, machine.Limits.StackSlots) + Reserve];
        Frames = new LuaFrame[FirstFrames];
    }

    internal override LuaKind Kind => LuaKind.Thread;

    /// <summary>Makes sure that slots below this one exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Ensure(int slots)
    {
        if (slots > Stack.Length - Reserve) Grow(slots);
    }

    /// <summary>Adds a call; its fields are as the last one there left them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref LuaFrame Push()
    {
        if (FrameCount >= Frames.Length || FrameCount >= Machine.Limits.CallDepth) GrowFrames();
        return ref Frames[FrameCount++];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int slots)
    {
        var most = Machine.Limits.StackSlots;
        if (slots > most) throw LuaMachine.Error(this, "registry overflow");
        Array.Resize(ref Stack, Math.Min(most, Math.Max(slots, Stack.Length * 2)) + Reserve);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GrowFrames()
    {
        var most = Machine.Limits.CallDepth;
        if (FrameCount >= most) throw LuaMachine.Error(this, "stack overflow");
        Array.Resize(ref Frames, Math.Min(most, Frames.Length * 2));
    }
}
