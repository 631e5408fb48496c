namespace Nakama.Tests.TestHost;

/// <summary>The location of PostgreSQL on this machine.</summary>
internal static class PostgresBinaries
{
    private static readonly string[] UsualFolders =
        ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt", "/usr/pgsql", @"C:\Program Files\PostgreSQL"];

    private static readonly Lazy<string> Found = new(Find);

    /// <summary>The path of a program. Throws with a readable message when there is no PostgreSQL.</summary>
    public static string Path(string program) => System.IO.Path.Combine(Found.Value, program + Suffix);

    private static string Suffix => OperatingSystem.IsWindows() ? ".exe" : "";

    private static string Find()
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator);
        var usual = UsualFolders.Where(Directory.Exists)
            .SelectMany(folder => Directory.GetDirectories(folder))
            .OrderByDescending(Version)
            .Select(folder => System.IO.Path.Combine(folder, "bin"))
            .Append("/usr/bin");
        return onPath.Concat(usual).FirstOrDefault(HasAll)
            ?? throw new InvalidOperationException(
                "These tests need PostgreSQL: install it (Debian, Ubuntu: apt-get install postgresql), or put the folder with initdb and postgres on PATH.");
    }

    private static double Version(string folder) =>
        double.TryParse(System.IO.Path.GetFileName(folder).Split('@', '-')[^1], System.Globalization.CultureInfo.InvariantCulture, out var version) ? version : 0;

    private static bool HasAll(string folder) =>
        folder.Length > 0 && File.Exists(System.IO.Path.Combine(folder, "initdb" + Suffix)) && File.Exists(System.IO.Path.Combine(folder, "postgres" + Suffix));
}
