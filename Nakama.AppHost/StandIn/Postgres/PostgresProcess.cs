using System.Diagnostics;
using Aspire.Hosting.Running;
using Npgsql;

namespace Aspire.Hosting.Postgres;

/// <summary>A running PostgreSQL server on the loopback address.</summary>
internal sealed class PostgresProcess
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly PostgresBinaries _binaries;
    private readonly PostgresFolder _folder;
    private readonly House _house;
    private readonly PostgresSettings _settings;

    private PostgresProcess(House house, PostgresSettings settings, PostgresFolder folder, PostgresBinaries binaries, string password)
    {
        _house = house;
        _settings = settings;
        _folder = folder;
        _binaries = binaries;
        ConnectionString = $"Host=127.0.0.1;Port={settings.Port};Username=postgres;Password={password}";
        Process = Launch();
    }

    public ChildProcess Process { get; }

    /// <summary>For the server as a whole, without a database.</summary>
    public string ConnectionString { get; }

    public int Port => _settings.Port;

    public string Folder => _folder.Root;

    /// <summary>Returns when the server accepts connections.</summary>
    public static async Task<PostgresProcess> StartAsync(House house, PostgresSettings settings, CancellationToken cancellationToken)
    {
        var folder = PostgresFolder.Open(house.IsThrowaway ? null : settings.Volume);
        if (!folder.IsKept) house.Keeper.Delete(folder.Root);
        PostgresProcess? process = null;
        try
        {
            folder.EndLeftover();
            var binaries = PostgresBinaries.Find(folder.Version, folder.Root);
            var password = folder.Password(settings.Password);
            if (folder.Version is null) await CreateClusterAsync(house, settings.Name, folder, binaries, password, cancellationToken);
            Ports.MustBeFree(settings.Port, settings.Name);

            process = new PostgresProcess(house, settings, folder, binaries, password);
            await process.WaitAsync(cancellationToken);
            return process;
        }
        catch
        {
            if (process is not null) await process.StopAsync();
            folder.Dispose();
            throw;
        }
    }

    public async Task StopAsync()
    {
        // Without signals this is the only way to end the server in order.
        if (OperatingSystem.IsWindows() && !Process.Ended.IsCompleted)
            await _house.Launch(_settings.Name, new(_binaries.Program("pg_ctl"), ["stop", "-D", _folder.Data, "-m", "fast"])).Ended;
        await Process.StopAsync(Signal.Interrupt);
        _folder.Dispose();
    }

    private static async Task CreateClusterAsync(
        House house, string name, PostgresFolder folder, PostgresBinaries binaries, string password, CancellationToken cancellationToken)
    {
        // Made beside its place and moved there when it is whole, so that an interrupted start leaves nothing half-made.
        var unfinished = folder.Data + ".new";
        var passwordFile = Path.Combine(folder.Root, "password.new");
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(unfinished);
        PostgresFolder.WriteSecret(passwordFile, password + "\n");
        if (Signals.IsRoot) await house.RunAsync(name, "chown", new("chown", ["postgres", unfinished, passwordFile]), cancellationToken);

        string[] arguments =
        [
            "-D", unfinished, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", passwordFile,
            "-E", "UTF8", "--locale=C", "--no-instructions", .. folder.IsKept ? [] : new[] { "--no-sync" },
        ];
        await house.RunAsync(name, "initdb", AsPostgres(binaries.Program("initdb"), arguments), cancellationToken);
        File.Delete(passwordFile);
        Directory.Move(unfinished, folder.Data);
    }

    /// <summary>PostgreSQL refuses to run as root; then it runs as the user its package has made.</summary>
    private static ProcessStartInfo AsPostgres(string program, string[] arguments) =>
        Signals.IsRoot
            ? new("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", program, .. arguments]) { WorkingDirectory = "/" }
            : new(program, arguments);

    private ChildProcess Launch()
    {
        string[] arguments =
        [
            "-D", _folder.Data, "-p", $"{_settings.Port}",
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=300", "-c", "log_checkpoints=off",
            .. _folder.IsKept ? [] : new[] { "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off" },
        ];
        return _house.Launch(_settings.Name, AsPostgres(_binaries.Program("postgres"), arguments), Signal.Interrupt);
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create($"{ConnectionString};Database=postgres;Pooling=false");
        while (true)
        {
            if (Process.Ended.IsCompleted)
                throw new HouseException($"{_settings.Name} ended with exit code {await Process.Ended}.{Environment.NewLine}{Process.LastLines}");
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException exception) when (exception is not PostgresException || ((PostgresException)exception).SqlState == PostgresErrorCodes.CannotConnectNow)
            {
                await Task.Delay(Pause, cancellationToken);
            }
            catch (PostgresException exception)
            {
                throw new HouseException($"{_settings.Name} refuses the password in {_folder.Root}: {exception.MessageText}");
            }
        }
    }
}
