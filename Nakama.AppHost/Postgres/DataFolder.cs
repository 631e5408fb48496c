using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Nakama.AppHost.Postgres;

/// <summary>The data of one clone: a PostgreSQL cluster, its password, and a lock for as long as it is in use.</summary>
internal sealed class DataFolder : IDisposable
{
    public const string Setting = "Data";

    /// <summary>The folder that all clones shared before each had its own. The first clone that finds it takes it over.</summary>
    private const string SharedName = "nakama-data";

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private const int SharingViolationOnUnix = 11;
    private const int SharingViolationOnMac = 35;
    private const int SharingViolationOnWindows = unchecked((int)0x80070020);

    private static readonly TimeSpan LeftoverStopTimeout = TimeSpan.FromSeconds(10);

    private readonly FileStream _lock;

    private DataFolder(string name, string root, bool isKept, FileStream @lock)
    {
        Name = name;
        Root = root;
        IsKept = isKept;
        _lock = @lock;
    }

    /// <summary>PostgreSQL does not run as root; then it runs as the user that its package has created.</summary>
    public static bool IsRoot { get; } = !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    public string Name { get; }

    public string Root { get; }

    public bool IsKept { get; }

    public string Data => Path.Combine(Root, "data");

    /// <summary>Major version of the data; null when there is no data.</summary>
    public int? Version =>
        File.Exists(Path.Combine(Data, "PG_VERSION"))
            ? int.Parse(File.ReadAllText(Path.Combine(Data, "PG_VERSION")), CultureInfo.InvariantCulture)
            : null;

    private string PasswordFile => Path.Combine(Root, "password");

    /// <summary>The parent folder of this user's clones. PostgreSQL's own user cannot access root's home directory.</summary>
    public static string DefaultParent =>
        IsRoot
            ? "/var/lib/nakama-apphost"
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "nakama-apphost");

    /// <summary>The folder with this name or absolute path; without one the folder of the clone.</summary>
    /// <exception cref="DistributedApplicationException">
    /// It is in use or cannot be written; the message contains the remedy.
    /// </exception>
    public static DataFolder Open(string? nameOrPath, string clone, string parent)
    {
        if (string.IsNullOrEmpty(nameOrPath)) return OpenAt(NameOf(clone), PathFor(clone, parent), isKept: true);
        if (Path.IsPathFullyQualified(nameOrPath)) return OpenAt(NameOf(nameOrPath), nameOrPath, isKept: true);
        if (nameOrPath.AsSpan().ContainsAny('/', '\\') || nameOrPath.StartsWith('.'))
            throw new DistributedApplicationException($"--{Setting} takes a name or an absolute path, not \"{nameOrPath}\".");
        return OpenAt(nameOrPath, Path.Combine(parent, nameOrPath), isKept: true);
    }

    /// <summary>A new folder that is deleted at the end of the run.</summary>
    public static DataFolder OpenTemporary() =>
        OpenAt("temporary", Directory.CreateTempSubdirectory("nakama-").FullName, isKept: false);

    /// <summary>The stored password, or a new one.</summary>
    public string Password()
    {
        if (File.Exists(PasswordFile)) return File.ReadAllText(PasswordFile);
        if (Version is not null)
            throw new DistributedApplicationException($"{PasswordFile} is gone. Put it back, or remove {Root} to begin with empty data.");

        var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        WriteSecret(PasswordFile, password);
        return password;
    }

    /// <summary>Writes a file that only its owner can read.</summary>
    public static void WriteSecret(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        writer.Write(text);
    }

    /// <summary>
    /// Ends a server that an earlier run left behind, and deletes the process id file of one that has ended. The lock is held, so
    /// no other run uses the server; a process id that now belongs to another program would keep the server from starting.
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
                // PostgreSQL recovers from this as from a power failure, and a regular stop would wait for its clients.
                process.Kill();
                process.WaitForExit(LeftoverStopTimeout);
            }
        }
        catch (ArgumentException)
        {
            // It has already ended.
        }
        File.Delete(pidFile);
    }

    public void Dispose()
    {
        _lock.Dispose();
        if (IsKept) return;
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // The shell that wraps the server has already removed it.
        }
    }

    private static DataFolder OpenAt(string name, string root, bool isKept)
    {
        try
        {
            Directory.CreateDirectory(root);
            AllowSearch(root);
            return new(name, root, isKept, new FileStream(Path.Combine(root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (exception.HResult is SharingViolationOnUnix or SharingViolationOnWindows or SharingViolationOnMac)
        {
            throw new DistributedApplicationException(
                $"Another app host is running on the data in {root}. Stop it, or give this one its own data and ports: --{Setting}=name --{AppHostPorts.ShiftSetting}=1000.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException(
                $"The data folder {root} cannot be written: {exception.Message.TrimEnd('.')}. Choose another with --{Setting}=name or --{Setting}=/absolute/path.");
        }
    }

    private static string PathFor(string clone, string parent)
    {
        var own = Path.Combine(parent, NameOf(clone));
        var shared = Path.Combine(parent, SharedName);
        if (Directory.Exists(own) || !File.Exists(Path.Combine(shared, "data", "PG_VERSION"))) return own;

        var ownerFile = Path.Combine(shared, "clone");
        if (!File.Exists(ownerFile)) File.WriteAllText(ownerFile, clone);
        return File.ReadAllText(ownerFile) == clone ? shared : own;
    }

    /// <summary>
    /// The last part of the path, for readability, and a hash of the whole path, as many clones have the same name.
    /// </summary>
    private static string NameOf(string path)
    {
        var last = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        var letters = string.Concat(last.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'));
        return $"{letters}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..8]}";
    }

    private static void AllowSearch(string folder)
    {
        // When running as root, the data inside belongs to another user, which needs access.
        if (!OperatingSystem.IsWindows() && IsRoot)
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }
}
