using System.Diagnostics;
using System.Globalization;
using System.Text;
using Nakama.Server.Hosting;

namespace Nakama.Tests.TestHost;

/// <summary>A node in a separate process, started as in production: with flags.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly StringBuilder _output = new();
    private readonly Process _process;
    private int? _exitCode;

    private ServerProcess(Process process, string host, int port, int consolePort)
    {
        _process = process;
        Host = host;
        Port = port;
        ConsolePort = consolePort;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The address at which it listens for clients.</summary>
    public string Host { get; }

    public int Port { get; }

    public int ConsolePort { get; }

    public int Id => _process.Id;

    /// <summary>Whether it runs, for messages of failed tests.</summary>
    public string State => ExitCode is { } code ? $"ended with {Text(code)}" : "runs";

    /// <summary>Its output so far.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Runs the program with only these arguments, to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        await using var server = new ServerProcess(Start(ProcessPlace.Here, [], arguments), ProcessPlace.Here.Host, 0, 0);
        return (await server.WaitForExitAsync(), server.Output);
    }

    /// <summary>Starts a node on free ports and waits until it responds.</summary>
    public static Task<ServerProcess> StartAsync(string address, params string[] arguments) => StartAsync(address, [], arguments);

    /// <summary>Starts a node on free ports of a place and waits until it responds.</summary>
    public static Task<ServerProcess> StartInAsync(ProcessPlace place, string address, string[] arguments) => StartInAsync(place, address, [], arguments);

    /// <summary>Starts a node on free ports, with additional environment variables, and waits until it responds.</summary>
    /// <param name="address">The <c>database.address</c>.</param>
    /// <param name="environment">Variables in addition to those of this process.</param>
    /// <param name="arguments">Flags in addition to those for ports and database.</param>
    /// <param name="maxDescriptors">
    /// The limit of open files and sockets of the process, if it differs from that of this one.
    /// </param>
    public static Task<ServerProcess> StartAsync(string address, Dictionary<string, string> environment, string[] arguments, int? maxDescriptors = null) =>
        StartInAsync(ProcessPlace.Here, address, environment, arguments, maxDescriptors);

    private static async Task<ServerProcess> StartInAsync(
        ProcessPlace place, string address, Dictionary<string, string> environment, string[] arguments, int? maxDescriptors = null)
    {
        var port = FreePorts.WithNeighbour(1);
        var console = FreePorts.WithNeighbour(3);
        var server = new ServerProcess(
            Start(
                place,
                environment,
                [
                    "--database.address", address, "--socket.address", place.Host, "--console.address", place.Host,
                    "--socket.port", Text(port), "--console.port", Text(console),
                    "--data_dir", Path.Combine(Path.GetTempPath(), "nakama-tests"), .. arguments,
                ],
                maxDescriptors),
            place.Host,
            port,
            console);
        await server.WaitUntilReadyAsync();
        return server;
    }

    /// <summary>Requests a stop and returns its exit code. Not by SIGINT, which processes started in the background may ignore.</summary>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        return await WaitForExitAsync();
    }

    /// <summary>Sends a signal: <c>KILL</c>, <c>STOP</c>, <c>CONT</c>, <c>TERM</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Text(Id)]);
        await kill.WaitForExitAsync();
    }

    public bool HasExited => ExitCode is not null;

    /// <summary>How it has ended; null while it runs. Known when this has been disposed, too.</summary>
    public int? ExitCode
    {
        get
        {
            lock (_process) return _exitCode ?? (_process.HasExited ? _process.ExitCode : null);
        }
    }

    /// <summary>A new player with a new device.</summary>
    public async Task<TestPlayer> AuthenticateAsync(string? username = null)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{Host}:{Text(Port)}") };
        return await TestPlayer.AuthenticateAsync(http, "defaultkey", username);
    }

    /// <summary>A socket with the JSON format, open and ready.</summary>
    public async Task<TestSocket> OpenSocketAsync(TestPlayer player)
    {
        var socket = await TestSocket.OpenAsync(new Uri($"ws://{Host}:{Text(Port)}/ws?token={player.Token}&format=json&lang=en&status=false"));
        // The node completes the handshake before it creates the session, and processes messages after that.
        await socket.AskAsync("\"ping\":{}");
        return socket;
    }

    public async Task<int> WaitForExitAsync()
    {
        if (ExitCode is { } already) return already;
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The server has not ended. It said:\n{Output}");
        }

        return ExitCode!.Value;
    }

    public async ValueTask DisposeAsync()
    {
        if (_exitCode is not null) return;
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        lock (_process)
        {
            _exitCode = _process.ExitCode;
            _process.Dispose();
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Process Start(ProcessPlace place, Dictionary<string, string> environment, string[] arguments, int? maxDescriptors = null)
    {
        string[] command = ["dotnet", typeof(NakamaServer).Assembly.Location, .. arguments];
        // Only a shell can lower a limit for a program; it is replaced by that program, so the process id is the program's.
        if (maxDescriptors is { } limit) command = ["bash", "-c", $"ulimit -n {Text(limit)}; exec \"$@\"", "bash", .. command];
        command = [.. place.Command, .. command];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient();
        var started = Stopwatch.StartNew();
        while (true)
        {
            if (_process.HasExited) throw new InvalidOperationException($"The server ended with {_process.ExitCode}.\n{Output}");
            try
            {
                using var response = await http.GetAsync(new Uri($"http://{Host}:{Text(Port)}/"));
                return;
            }
            catch (HttpRequestException) when (started.Elapsed < Patience)
            {
                await Task.Delay(50);
            }
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (_output) _output.AppendLine(line.Data);
    }
}
