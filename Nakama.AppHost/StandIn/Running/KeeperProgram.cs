using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Running;

/// <summary>The other end of <see cref="Keeper"/>: notes what runs, and ends what is left when the pipe closes.</summary>
internal static class KeeperProgram
{
    public static void Run()
    {
        // It ends when its pipe does, not by a signal meant for the whole group.
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ignore);
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ignore);
        using var onHangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Ignore);

        var watched = new List<Watched>();
        var folders = new List<string>();
        while (Console.In.ReadLine() is { } line)
        {
            var words = line.Split(' ', 2);
            if (words[0] == "delete") folders.Add(words[1]);
            if (words[0] == "watch" && Watched.Find(words[1].Split(' ')) is { } found) watched.Add(found);
            if (words[0] == "forget") watched.RemoveAll(one => one.ProcessId == int.Parse(words[1], CultureInfo.InvariantCulture));
        }

        for (var last = watched.Count - 1; last >= 0; last--) watched[last].End();
        foreach (var folder in folders.Where(Directory.Exists)) Directory.Delete(folder, recursive: true);
    }

    private static void Ignore(PosixSignalContext context) => context.Cancel = true;

    private sealed record Watched(int ProcessId, DateTime StartedAt, Signal Signal)
    {
        public static Watched? Find(string[] words)
        {
            var id = int.Parse(words[0], CultureInfo.InvariantCulture);
            var signal = (Signal)int.Parse(words[1], CultureInfo.InvariantCulture);
            return Running(id) is var (_, startedAt) ? new(id, startedAt, signal) : null;
        }

        public void End()
        {
            // A number is given again to another process one day; the start time tells them apart.
            if (Running(ProcessId) is not var (process, startedAt) || startedAt != StartedAt) return;
            process.Send(Signal);
            if (!process.WaitForExit(Signals.Patience)) process.Kill(entireProcessTree: true);
        }

        private static (Process Process, DateTime StartedAt)? Running(int id)
        {
            try
            {
                var process = Process.GetProcessById(id);
                return (process, process.StartTime);
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
            {
                // It has ended, before we looked or while we did.
                return null;
            }
        }
    }
}
