using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Nakama.Server.Config;
using Nakama.Server.Hosting;

namespace Nakama.Tests.TestHost;

/// <summary>
/// A node in this process: real listeners on free ports of the loopback address, a database of its own, and a clock that the
/// test may provide.
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    private const int Attempts = 5;

    private readonly WebApplication _app;
    private readonly string? _ownDatabase;

    private TestServer(WebApplication app, NakamaOptions options, CapturedLog log, string? ownDatabase)
    {
        _app = app;
        _ownDatabase = ownDatabase;
        Options = options;
        Log = log;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{options.Socket.Port}") };
    }

    public NakamaOptions Options { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>The lines that the node has logged.</summary>
    public CapturedLog Log { get; }

    /// <summary>A client of the API listener that sends no credentials by default.</summary>
    public HttpClient Http { get; }

    public int Port => Options.Socket.Port;

    public int GrpcPort => Options.Socket.Port - 1;

    public int ConsolePort => Options.Console.Port;

    public string ServerKey => Options.Socket.ServerKey;

    /// <summary>Starts a node.</summary>
    /// <param name="change">Settings that differ from the default ones; ports and database are already chosen.</param>
    /// <param name="configure">Services that differ from the default ones, such as a clock.</param>
    /// <param name="address">The <c>database.address</c> to use instead of an empty copy of the schema.</param>
    public static async Task<TestServer> StartAsync(
        Func<NakamaOptions, NakamaOptions>? change = null, Action<WebApplicationBuilder>? configure = null, string? address = null)
    {
        string? own = null;
        if (address is null)
        {
            var server = await Postgres.ServerAsync();
            own = await Postgres.CreateDatabaseAsync();
            address = server.Address(own);
        }

        for (var attempt = 1; ; attempt++)
        {
            var options = Choose(address);
            if (change is not null) options = change(options);
            var log = new CapturedLog();
            var app = NakamaServer.Create(options, builder =>
            {
                builder.Logging.ClearProviders().AddProvider(log);
                configure?.Invoke(builder);
            });
            try
            {
                await app.StartAsync();
                return new TestServer(app, options, log, own);
            }
            catch (IOException) when (attempt < Attempts)
            {
                // Another process took one of the ports between the check and the bind.
                await app.DisposeAsync();
            }
        }
    }

    /// <summary>Stops the node as a signal would, and keeps its database.</summary>
    public Task StopAsync() => _app.StopAsync();

    /// <summary>A new player with a new device.</summary>
    public Task<TestPlayer> AuthenticateAsync(string? username = null) => TestPlayer.AuthenticateAsync(Http, ServerKey, username);

    /// <summary>The credentials of an authenticate call: the server key without a password.</summary>
    public AuthenticationHeaderValue BasicKey => TestPlayer.KeyOf(ServerKey);

    /// <summary>The official client, configured for this node.</summary>
    public global::Nakama.Client Client() => new("http", "127.0.0.1", Port, ServerKey);

    /// <summary>A socket with the JSON format, open and ready.</summary>
    public async Task<TestSocket> OpenSocketAsync(TestPlayer player, bool status = false)
    {
        var socket = await TestSocket.OpenAsync(SocketUri($"token={player.Token}&format=json&lang=en&status={(status ? "true" : "false")}"));
        // The node completes the handshake before it creates the session, and processes messages after that.
        await socket.AskAsync("\"ping\":{}");
        return socket;
    }

    public Uri SocketUri(string query) => new(string.Create(CultureInfo.InvariantCulture, $"ws://127.0.0.1:{Port}/ws?{query}"));

    /// <summary>A raw connection to the API listener, for requests that no client sends.</summary>
    public async Task<TcpClient> ConnectAsync(CancellationToken cancellationToken = default)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port, cancellationToken);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownDatabase is not null) await Postgres.DropDatabaseAsync(_ownDatabase);
    }

    private static NakamaOptions Choose(string address)
    {
        var defaults = new NakamaOptions { DataDir = Path.Combine(Path.GetTempPath(), "nakama-tests") };
        return defaults with
        {
            Socket = defaults.Socket with { Address = "127.0.0.1", Port = FreePorts.WithNeighbour(1) },
            Console = defaults.Console with { Address = "127.0.0.1", Port = FreePorts.WithNeighbour(3) },
            Database = defaults.Database with { Address = [address] },
        };
    }
}
