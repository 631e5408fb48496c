using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Aspire.Hosting.Postgres;

/// <summary>The programs of a PostgreSQL installation on this machine.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Version)
{
    /// <summary>Where the packages of Debian, Fedora, Homebrew, Postgres.app and Windows put them.</summary>
    private static readonly string[] UsualFolders =
    [
        "/usr/lib/postgresql/*/bin",
        "/usr/pgsql-*/bin",
        "/opt/homebrew/opt/postgresql*/bin",
        "/usr/local/opt/postgresql*/bin",
        "/Applications/Postgres.app/Contents/Versions/*/bin",
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL", "*", "bin"),
    ];

    public string Program(string name) => Path.Combine(Folder, Executable(name));

    /// <summary>The newest installation, or the one of a given major version, because data belongs to its version.</summary>
    /// <exception cref="HouseException">There is none; the message says what to install.</exception>
    public static PostgresBinaries Find(int? version, string dataFolder)
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var found = onPath.Concat(UsualFolders.SelectMany(Matching))
            .Where(folder => File.Exists(Path.Combine(folder, Executable("initdb"))) && File.Exists(Path.Combine(folder, Executable("postgres"))))
            .Select(folder => new PostgresBinaries(folder, VersionIn(folder)))
            .OrderByDescending(one => one.Version)
            .ToList();
        if (found.Count == 0) throw new HouseException($"PostgreSQL is not installed. {Advice()}");
        return version is null ? found[0] : found.Find(one => one.Version == version)
            ?? throw new HouseException($"The data in {dataFolder} was made by PostgreSQL {version}, but only version {found[0].Version} is installed. "
                + $"Install version {version}, or remove that folder to begin with empty data.");
    }

    private static string Advice() =>
        OperatingSystem.IsMacOS() ? "Install it with: brew install postgresql@17"
        : OperatingSystem.IsWindows() ? "Install it with: winget install PostgreSQL.PostgreSQL.17"
        : File.Exists("/etc/fedora-release") || File.Exists("/etc/redhat-release") ? "Install it with: sudo dnf install postgresql-server"
        : File.Exists("/etc/debian_version") ? "Install it with: sudo apt-get install postgresql"
        : "Install its server package, or put the folder with initdb and postgres on PATH.";

    private static IEnumerable<string> Matching(string pattern)
    {
        var star = pattern.Split('*');
        var parent = Path.GetDirectoryName(star[0])!;
        if (star[0].Length == 0 || !Directory.Exists(parent)) return [];
        var rest = star[1][..^"/bin".Length];
        return Directory.GetDirectories(parent, Path.GetFileName(star[0]) + "*" + rest).Select(folder => Path.Combine(folder, "bin"));
    }

    private static int VersionIn(string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(folder, Executable("postgres")), ["--version"]) { RedirectStandardOutput = true })!;
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return FirstNumber().Match(answer) is { Success: true } number ? int.Parse(number.Value, CultureInfo.InvariantCulture) : 0;
    }

    private static string Executable(string program) => OperatingSystem.IsWindows() ? program + ".exe" : program;

    [GeneratedRegex(@"\d+")]
    private static partial Regex FirstNumber();
}
