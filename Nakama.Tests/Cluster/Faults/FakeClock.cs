using System.Globalization;

namespace Nakama.Tests.Cluster.Faults;

/// <summary>Makes a process see another time of day by the library faketime; what it measures is not changed.</summary>
internal static class FakeClock
{
    private const string Library = "libfaketimeMT.so.1";

    private static readonly string[] Folders = ["/usr/lib", "/usr/lib64"];

    /// <summary>The environment of the process, as <c>name=value</c>.</summary>
    /// <param name="seconds">How far its clock is ahead; negative: behind.</param>
    public static string[] Variables(int seconds)
    {
        var library = Folders.Where(Directory.Exists)
            .SelectMany(static folder => Directory.EnumerateDirectories(folder).Append(folder))
            .Select(static folder => Path.Combine(folder, "faketime", Library))
            .FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"{Library} is missing; it is in the package libfaketime, which eng/test.sh installs.");
        return
        [
            "LD_PRELOAD=" + library, "FAKETIME=" + seconds.ToString("+0;-0", CultureInfo.InvariantCulture) + "s",
            "FAKETIME_DONT_FAKE_MONOTONIC=1", "FAKETIME_DISABLE_SHM=1",
        ];
    }
}
