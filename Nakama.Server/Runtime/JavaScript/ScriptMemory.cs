using Jint;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>
/// Stops scripts that allocate too much. The engine has the same limit for what its built-ins do at once; this one comes before it, as
/// it stops deep scripts more gently (<see cref="ScriptStack"/>).
/// </summary>
internal sealed class ScriptMemory(int megabytes, ScriptStack stack) : Constraint
{
    private readonly long _maxBytes = (long)megabytes << 20;
    private long _atStart;

    /// <summary>The engine may look every few statements only.</summary>
    public override bool IsAmortizable => true;

    /// <exception cref="ScriptStoppedException">The script has allocated more than it may.</exception>
    public override void Check()
    {
        if (GC.GetAllocatedBytesForCurrentThread() - _atStart > _maxBytes) stack.Stop(ScriptStoppedException.TooMuchMemory(megabytes));
    }

    /// <summary>An entry into the engine begins.</summary>
    public override void Reset() => _atStart = GC.GetAllocatedBytesForCurrentThread();
}
