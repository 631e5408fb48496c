using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Nakama.Server.Config;
using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Server.Lifecycle;
using Nakama.Server.Logging;
using Nakama.Server.Runtime.DotNet;
using Nakama.Server.Runtime.JavaScript;
using Nakama.Server.Runtime.Lua;
using Nakama.ServiceDefaults;
using Npgsql;

namespace Nakama.Server.Hosting;

/// <summary>The command line: selects the command and its settings, and determines the exit code.</summary>
public static class NakamaProgram
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int BadUsage = 2;
    private const int DefaultPort = 7350;

    /// <summary>Runs the command that the arguments select; without one, a node.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Adds the game of the program to a node.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, Action<NakamaServerBuilder>? configure = null)
    {
        try
        {
            return args switch
            {
                ["--version", ..] => PrintVersion(),
                ["migrate", ..] => await MigrateAsync(args),
                ["healthcheck", ..] => await HealthcheckAsync(args),
                ["check", ..] => Check(args),
                ["config", ..] => CheckConfig(args),
                _ => await ServeAsync(args, configure),
            };
        }
        catch (UsageException e)
        {
            if (e.Complaint is not null) await Console.Error.WriteLineAsync(e.Complaint);
            await Console.Error.WriteAsync(Usage.Text());
            return e.Complaint is null ? Success : BadUsage;
        }
        catch (StartupException e)
        {
            using var loggers = EarlyLoggers(new LoggerOptions());
            var log = StartupLog.Create(loggers);
            StartupLog.Fatal(log, e.Message, e.InnerException);
            return Failure;
        }
    }

    private static int PrintVersion()
    {
        Console.WriteLine(NodeVersion.Text);
        return Success;
    }

    private static async Task<int> ServeAsync(string[] args, Action<NakamaServerBuilder>? configure)
    {
        var builder = NakamaServer.CreateBuilder(args);
        configure?.Invoke(builder);
        using var loggers = EarlyLoggers(new LoggerOptions());
        var log = StartupLog.Create(loggers);
        foreach (var file in builder.Reading.Files) StartupLog.LoadedFile(log, file);
        foreach (var key in builder.Reading.UnknownKeys) StartupLog.UnknownKey(log, key);
        if (builder.Options.Limit != Migrator.NoLimit) StartupLog.Warn(log, "Limit is only used with migrations, ignored", "limit");
        var complaints = OptionsValidator.Validate(builder.Options);
        foreach (var complaint in complaints) StartupLog.Refuse(log, complaint.Message, complaint.Param);
        if (complaints.Count > 0) return Failure;

        await using var app = builder.Build();
        try
        {
            await app.StartAsync();
        }
        catch (IOException e)
        {
            // A port is in use, as the listener reported. Parts that have started are stopped before they are disposed.
            StartupLog.Fatal(log, e.Message, e.InnerException);
            await app.StopAsync();
            return Failure;
        }
        await app.WaitForShutdownAsync();
        return app.Services.GetRequiredService<NodeLifecycle>().IsLost ? NodeLifecycle.RestartExitCode : Success;
    }

    private static async Task<int> MigrateAsync(string[] args)
    {
        var command = args.Length > 1 ? args[1] : "";
        var options = ConfigReader.Read(args.AsSpan(Math.Min(2, args.Length)), Environment.GetEnvironmentVariables()).Options;
        using var loggers = EarlyLoggers(new LoggerOptions { Format = options.Logger.Format });
        if (command is not ("up" or "down" or "redo" or "status" or "plan"))
            throw new StartupException("Unrecognized migrate subcommand. Available commands are: 'up', 'down', 'redo', 'status', 'plan'.");

        var text = DatabaseConnection.Text(options.Database);
        await using var database = DatabaseDefaults.CreateDataSource(text, NullLoggerFactory.Instance);
        try
        {
            var migrator = new Migrator(database, TimeProvider.System, loggers.CreateLogger<Migrator>());
            if (command == "plan")
            {
                await migrator.PlanAsync(options.Limit, CancellationToken.None);
                return Success;
            }

            await DatabaseCreation.EnsureAsync(text, loggers.CreateLogger<Migrator>(), CancellationToken.None);
            await (command switch
            {
                "up" => migrator.UpAsync(options.Limit, CancellationToken.None),
                "down" => migrator.DownAsync(options.Limit, CancellationToken.None),
                "redo" => migrator.RedoAsync(options.Limit, CancellationToken.None),
                _ => migrator.StatusAsync(options.Limit, CancellationToken.None),
            });
            return Success;
        }
        catch (NpgsqlException e)
        {
            throw new StartupException($"Migration failed: {e.Message}", e);
        }
    }

    private static async Task<int> HealthcheckAsync(string[] args)
    {
        using var loggers = EarlyLoggers(new LoggerOptions());
        var log = StartupLog.Create(loggers);
        var port = args.Length > 1 ? args[1] : DefaultPort.ToString(CultureInfo.InvariantCulture);
        try
        {
            using var client = new HttpClient();
            using var answer = await client.GetAsync(new Uri($"http://localhost:{port}/"));
            answer.EnsureSuccessStatusCode();
            StartupLog.HealthcheckOk(log);
            return Success;
        }
        catch (Exception e) when (e is HttpRequestException or UriFormatException or TaskCanceledException)
        {
            StartupLog.HealthcheckFailed(log, e);
            return Failure;
        }
    }

    /// <summary>Compiles all game modules without running them; reports the first that fails.</summary>
    private static int Check(string[] args)
    {
        var options = OptionsDefaults.Complete(ConfigReader.Read(args.AsSpan(1), Environment.GetEnvironmentVariables()).Options);
        Directory.CreateDirectory(options.Runtime.Path);
        GameAssemblies.Find(options.Runtime.Path);
        LuaModuleLoader.Load(options.Runtime.Path);
        JavaScriptModuleLoader.Load(options.Runtime, NullLogger.Instance);
        return Success;
    }

    /// <summary>
    /// Reads the settings as at start. Validation errors go to stderr; stdout has a line for each secret that still has its
    /// public default, except the console's user name.
    /// </summary>
    private static int CheckConfig(string[] args)
    {
        NakamaOptions options;
        try
        {
            options = OptionsDefaults.Complete(ConfigReader.Read(args.AsSpan(1), Environment.GetEnvironmentVariables()).Options);
        }
        catch (StartupException e)
        {
            Console.Error.WriteLine(e.Message);
            return Failure;
        }

        var complaints = OptionsValidator.Validate(options);
        foreach (var complaint in complaints) Console.Error.WriteLine($"{complaint.Message} ({complaint.Param})");
        if (complaints.Count > 0) return Failure;
        foreach (var secret in ConfigWarnings.DefaultSecrets(options).Where(secret => secret != "console.username")) Console.WriteLine(secret);
        return Success;
    }

    /// <summary>Until the settings are known, lines go to stdout in their usual format.</summary>
    private static ILoggerFactory EarlyLoggers(LoggerOptions options) =>
        LoggerFactory.Create(logging =>
        {
            logging.Services.AddSingleton(TimeProvider.System);
            logging.AddNakamaLogging(options, new ConfigurationBuilder().AddEnvironmentVariables().Build());
        });
}
