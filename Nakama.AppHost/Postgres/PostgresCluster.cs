using System.Diagnostics;

namespace Nakama.AppHost.Postgres;

/// <summary>Creates the data of a PostgreSQL server, and provides the command that starts the server on it.</summary>
internal sealed class PostgresCluster(DataFolder folder, PostgresBinaries binaries)
{
    // On SIGTERM, PostgreSQL waits for its clients; SIGINT is a fast and orderly shutdown. The shell also removes
    // temporary data, because it is the last process to end, whatever has happened to the app host.
    private const string Wrapper = """
        rubbish=$1; shift; code=0
        "$@" & server=$!
        trap 'kill -INT $server' TERM INT HUP
        while kill -0 $server 2>/dev/null; do wait $server; code=$?; done
        [ -z "$rubbish" ] || rm -rf "$rubbish"
        exit $code
        """;

    public string Command => OperatingSystem.IsWindows() ? binaries.Program("postgres") : "/bin/sh";

    public IEnumerable<string> Arguments(int port)
    {
        string[] server =
        [
            "-D", folder.Data, "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
            "-c", "max_connections=300", "-c", "log_checkpoints=off",
            .. folder.IsKept ? [] : new[] { "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off" },
        ];
        if (OperatingSystem.IsWindows()) return server;
        return ["-c", Wrapper, "postgres", folder.IsKept ? "" : folder.Root, .. AsPostgres(binaries.Program("postgres")), .. server];
    }

    /// <summary>Creates the data where there is none: next to the target, and moved there when it is complete.</summary>
    /// <exception cref="DistributedApplicationException">A program failed; the message contains its last output.</exception>
    public async Task CreateAsync(string password, Action<string> log, CancellationToken cancellationToken)
    {
        if (folder.Version is not null) return;
        var unfinished = folder.Data + ".new";
        var passwordFile = Path.Combine(folder.Root, "password.new");
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(unfinished);
        DataFolder.WriteSecret(passwordFile, password + "\n");
        if (DataFolder.IsRoot) await RunAsync(["chown", "postgres", unfinished, passwordFile], log, cancellationToken);
        await RunAsync(
            [
                .. AsPostgres(binaries.Program("initdb")), "-D", unfinished, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", passwordFile,
                "-E", "UTF8", "--locale=C", "--no-instructions", .. folder.IsKept ? ReadOnlySpan<string>.Empty : ["--no-sync"],
            ],
            log, cancellationToken);
        File.Delete(passwordFile);
        Directory.Move(unfinished, folder.Data);
    }

    private static string[] AsPostgres(string program) =>
        DataFolder.IsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", program] : [program];

    private static async Task RunAsync(string[] command, Action<string> log, CancellationToken cancellationToken)
    {
        var last = "";
        using var process = new Process
        {
            StartInfo = new(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() },
        };
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new DistributedApplicationException($"{Path.GetFileName(command[0])} ended with exit code {process.ExitCode}: {last}");

        void Note(string? line)
        {
            if (string.IsNullOrWhiteSpace(line)) return;
            last = line;
            log(line);
        }
    }
}
