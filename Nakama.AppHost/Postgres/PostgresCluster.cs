using System.Diagnostics;

namespace Nakama.AppHost.Postgres;

/// <summary>Makes the data of a PostgreSQL server, and says how the server is started on it.</summary>
internal sealed class PostgresCluster(DataFolder folder, PostgresBinaries binaries)
{
    // Asked to end by SIGTERM, PostgreSQL waits for its clients; SIGINT ends it at once and in order. The shell also removes
    // temporary data, because it is the last to run whatever has happened to the app host.
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

    /// <summary>Makes the data where there is none: beside its place, and moved there when it is whole.</summary>
    /// <exception cref="DistributedApplicationException">A program failed; the message has what it said last.</exception>
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
