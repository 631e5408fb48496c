using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Running;

/// <summary>How a process is asked to end. The numbers are those of POSIX.</summary>
internal enum Signal
{
    Interrupt = 2,
    Terminate = 15,
}

internal static partial class Signals
{
    /// <summary>How long a process may take to end before it is killed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static bool IsRoot => !OperatingSystem.IsWindows() && EffectiveUserId() == 0;

    /// <summary>Windows knows no such request between processes without a common console; there it is the end at once.</summary>
    public static void Send(this Process process, Signal signal)
    {
        if (OperatingSystem.IsWindows()) process.Kill(entireProcessTree: true);
        else _ = Kill(process.Id, (int)signal);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUserId();
}
