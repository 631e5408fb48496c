using System.Runtime.CompilerServices;

namespace Nakama.Lua.Running;

internal enum LuaCoroutineStatus : byte
{
    Suspended,
    Running,

    /// <summary>The coroutine has resumed another one.</summary>
    Normal,
    Dead,
}

/// <summary>A value stack and a call stack: those of the main thread, or of a coroutine.</summary>
internal sealed class LuaCoroutine : LuaObject
{
    // Slots reserved for error handling when the stack is full.
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

    /// <summary>The end of the last call's results, when all of them were requested.</summary>
    public int OpenEnd;
    public LuaCoroutineStatus Status;
    public bool IsStarted;

    /// <summary>The coroutine that resumed this one.</summary>
    public LuaCoroutine? Parent;

    /// <summary>The slot for the results of a resumption or of a waiting native function, and the number wanted.</summary>
    public int PendingResult;
    public int PendingWanted;

    /// <summary>Whether errors are raised in the resuming coroutine instead of returned to it.</summary>
    public bool IsWrapped;

    public LuaCoroutine(LuaMachine machine, LuaFunction? body)
    {
        Machine = machine;
        Body = body;
        Stack = new LuaValue[Math.Min(FirstSlots, machine.Limits.StackSlots) + Reserve];
        Frames = new LuaFrame[FirstFrames];
    }

    internal override LuaKind Kind => LuaKind.Thread;

    /// <summary>Ensures that all slots below this one exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Ensure(int slots)
    {
        if (slots > Stack.Length - Reserve) Grow(slots);
    }

    /// <summary>Pushes a frame, whose fields are not cleared.</summary>
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
