using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Nakama.Tests.TestHost;

/// <summary>
/// A PostgreSQL server on a free port of the loopback address, with its data in a temporary folder. A keeper
/// process owns it: when the keeper's input ends, because it is closed or because this process has ended, the server ends too.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    // A killed server leaves child processes that end on their own; until then its data folder is in use.
    private const string KeeperScript = """
        trap '' INT TERM HUP
        "$1" -D "$2" -p "$3" -c listen_addresses="$5" -c unix_socket_directories= -c max_connections=500 -F \
          -c full_page_writes=off -c shared_buffers=64MB -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off -c default_transaction_isolation="$4" -c max_pred_locks_per_transaction=2048 \
          >>"$2.log" 2>&1 </dev/null &
        server=$!
        echo $server
        cat >/dev/null
        kill -QUIT $server 2>/dev/null
        wait $server 2>/dev/null
        [ -e "$2.keep" ] || rm -rf "$2" "$2.log"
        """;

    /// <summary>The default transaction isolation level; a second run of the tests sets another.</summary>
    private static readonly string Isolation = Environment.GetEnvironmentVariable("NAKAMA_TESTS_ISOLATION") ?? "read committed";

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);

    private readonly string _folder;
    private readonly string[] _addresses;
    private Process? _keeper;
    private int _pid;

    private PostgresServer(string folder, string[] addresses, int port)
    {
        _folder = folder;
        _addresses = addresses;
        Port = port;
    }

    public int Port { get; }

    /// <summary>The Npgsql connection string of one of its databases.</summary>
    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Include Error Detail=true";

    /// <summary>The same in the format of a node's <c>database.address</c>.</summary>
    public string Address(string database) => $"postgres@127.0.0.1:{Port}/{database}?sslmode=disable";

    /// <param name="addresses">Where it listens in addition to the loopback address, for clients at the same network of 256 addresses.</param>
    public static async Task<PostgresServer> StartAsync(params string[] addresses)
    {
        var root = AsRoot ? "/var/tmp" : Path.GetTempPath();
        var folder = Path.Combine(root, $"nakama-tests-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}");
        await RunAsync(PostgresBinaries.Path("initdb"), "-D", folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N");
        await File.AppendAllLinesAsync(Path.Combine(folder, "pg_hba.conf"), addresses.Select(static address => $"host all all {address}/24 trust"));
        for (var attempt = 1; ; attempt++)
        {
            var server = new PostgresServer(folder, addresses, FreePorts.One());
            try
            {
                await server.LaunchAsync();
                return server;
            }
            catch (InvalidOperationException) when (attempt < 5)
            {
                // Another process took the port between the check and the bind.
            }
        }
    }

    /// <summary>Ends it as a crash would: immediately, without notifying its clients.</summary>
    public async Task KillAsync()
    {
        await File.WriteAllTextAsync(_folder + ".keep", "");
        using (var postgres = Process.GetProcessById(_pid)) postgres.Kill();
        await EndKeeperAsync();
    }

    /// <summary>Restarts it after <see cref="KillAsync"/>, on the same port and data.</summary>
    public async Task RestartAsync()
    {
        File.Delete(_folder + ".keep");
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await LaunchAsync();
                return;
            }
            catch (InvalidOperationException) when (attempt < 50)
            {
                await Task.Delay(100);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        File.Delete(_folder + ".keep");
        await EndKeeperAsync();
    }

    /// <summary>For the end of the process, where awaiting is not possible.</summary>
    internal void Abandon() => _keeper?.StandardInput.Close();

    private static bool AsRoot => !OperatingSystem.IsWindows() && Environment.UserName == "root";

    private async Task LaunchAsync()
    {
        _keeper = Start("/bin/sh", ["-c", KeeperScript, "keeper", PostgresBinaries.Path("postgres"), _folder, Port.ToString(CultureInfo.InvariantCulture), Isolation, string.Join(',', ["127.0.0.1", .. _addresses])]);
        _pid = int.Parse((await _keeper.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        var started = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false;Timeout=5");
                await connection.OpenAsync();
                // Another server may respond on a port that this one did not get.
                await using var command = new NpgsqlCommand("SHOW data_directory", connection);
                if ((string?)await command.ExecuteScalarAsync() == _folder) return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                if (started.Elapsed > StartPatience) throw new InvalidOperationException("PostgreSQL does not answer.\n" + Log(), e);
            }

            if (!IsAlive())
            {
                var log = Log();
                await File.WriteAllTextAsync(_folder + ".keep", "");
                await EndKeeperAsync();
                File.Delete(_folder + ".keep");
                throw new InvalidOperationException("PostgreSQL ended at its start.\n" + log);
            }

            await Task.Delay(20);
        }
    }

    private bool IsAlive()
    {
        try
        {
            using var postgres = Process.GetProcessById(_pid);
            return !postgres.HasExited && !File.ReadAllText($"/proc/{_pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            return false;
        }
    }

    private string Log() => File.Exists(_folder + ".log") ? File.ReadAllText(_folder + ".log") : "";

    private async Task EndKeeperAsync()
    {
        if (_keeper is null) return;
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
        _keeper = null;
    }

    private static Process Start(string file, string[] arguments)
    {
        // PostgreSQL refuses to run as root.
        var start = AsRoot
            ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", file, .. arguments])
            : new ProcessStartInfo(file, arguments);
        start.WorkingDirectory = Path.GetTempPath();
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["LC_ALL"] = "C";
        return Process.Start(start)!;
    }

    private static async Task RunAsync(string file, params string[] arguments)
    {
        using var process = Start(file, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{file} ended with {process.ExitCode}.\n{await output}{await errors}");
    }
}
