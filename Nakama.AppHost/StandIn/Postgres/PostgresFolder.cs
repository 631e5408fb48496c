using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Aspire.Hosting.Running;

namespace Aspire.Hosting.Postgres;

/// <summary>The folder of one PostgreSQL: its data, the password that belongs to it, and a lock for as long as it is ours.</summary>
internal sealed class PostgresFolder : IDisposable
{
    private readonly FileStream _lock;

    private PostgresFolder(string root, bool isKept)
    {
        Root = root;
        IsKept = isKept;
        _lock = Acquire(Path.Combine(root, "lock"));
    }

    public string Root { get; }

    public bool IsKept { get; }

    public string Data => Path.Combine(Root, "data");

    /// <summary>Major version of the data; null while there is none.</summary>
    public int? Version =>
        File.Exists(Path.Combine(Data, "PG_VERSION"))
            ? int.Parse(File.ReadAllText(Path.Combine(Data, "PG_VERSION")), CultureInfo.InvariantCulture)
            : null;

    private string PasswordFile => Path.Combine(Root, "password");

    /// <summary>The user's own folder of this name, or with none a new one that is thrown away.</summary>
    /// <exception cref="HouseException">Another app host is running on it.</exception>
    public static PostgresFolder Open(string? volume)
    {
        if (volume is null) return new(OpenToAll(Directory.CreateTempSubdirectory("nakama-").FullName), isKept: false);

        // PostgreSQL does not run as root, and its own user does not get into root's home.
        var parent = Signals.IsRoot
            ? "/var/lib/nakama-apphost"
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "nakama-apphost");
        var path = Path.Combine(parent, volume);
        Directory.CreateDirectory(path);
        return new(path, isKept: true);
    }

    /// <summary>The given password, else the one kept here, else a new one.</summary>
    public string Password(string? given)
    {
        if (given is not null) return given;
        if (File.Exists(PasswordFile)) return File.ReadAllText(PasswordFile);
        if (Version is not null) throw new HouseException($"{PasswordFile} is gone. Put it back, or remove {Root} to begin with empty data.");

        var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        WriteSecret(PasswordFile, password);
        return password;
    }

    /// <summary>A file only its owner can read.</summary>
    public static void WriteSecret(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        writer.Write(text);
    }

    /// <summary>
    /// Ends a server that was left behind, and forgets one that is long gone. The lock is ours, so whatever runs here
    /// belongs to nobody; a number that is now another program's would keep the server from starting.
    /// </summary>
    public void EndLeftover()
    {
        var pidFile = Path.Combine(Data, "postmaster.pid");
        if (!File.Exists(pidFile) || !int.TryParse(File.ReadLines(pidFile).FirstOrDefault(), CultureInfo.InvariantCulture, out var id)) return;
        try
        {
            using var process = Process.GetProcessById(id);
            if (process.ProcessName.StartsWith("postgres", StringComparison.Ordinal))
            {
                process.Send(Signal.Interrupt);
                if (!process.WaitForExit(Signals.Patience)) process.Kill(entireProcessTree: true);
            }
        }
        catch (ArgumentException)
        {
            // Long gone.
        }
        File.Delete(pidFile);
    }

    public void Dispose()
    {
        _lock.Dispose();
        if (!IsKept && Directory.Exists(Root)) Directory.Delete(Root, recursive: true);
    }

    private static FileStream Acquire(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new HouseException($"Another app host is running on {Path.GetDirectoryName(file)}; stop it first.");
        }
    }

    private static string OpenToAll(string folder)
    {
        // Temporary folders are closed to others, and the data inside belongs to another user when we are root.
        if (!OperatingSystem.IsWindows() && Signals.IsRoot)
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return folder;
    }
}
