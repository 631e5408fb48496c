using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Nakama.Server.Cluster.Links;

/// <summary>
/// The port for other nodes: a listener of its own, which opens before those for clients and closes after them, with limits of its
/// own. Connections that do not begin as HTTP/2 are closed at once, silent ones after some seconds.
/// </summary>
internal sealed class LinkListener(
    ClusterOptions options, ClusterCertificates? certificates, LinkContext context, ILoggerFactory loggers) : IAsyncDisposable
{
    private const int MaxConnections = 512;
    private const int MaxStreamsPerConnection = 1;
    private const int WindowBytes = 512 * 1024;
    private static readonly TimeSpan SilenceTimeout = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _slots = new(MaxConnections);
    private WebApplication? _app;

    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n"u8;

    /// <summary>Opens the port and returns its number.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public async Task<int> StartAsync(LinkAcceptor acceptor, bool isLoopback, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddRouting();
        builder.Services.AddSingleton(acceptor);
        builder.Services.AddSingleton<Grpc.AspNetCore.Server.Model.IServiceMethodProvider<LinkAcceptor>, LinkMethodProvider>();
        builder.Services.AddGrpc(static grpc =>
        {
            grpc.MaxReceiveMessageSize = LinkFrame.MaxSize * 2;
            grpc.MaxSendMessageSize = LinkFrame.MaxSize;
            grpc.CompressionProviders.Clear();
        });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, isLoopback));
        if (certificates is not null) builder.WebHost.UseKestrelHttpsConfiguration();
        _app = builder.Build();
        _app.UseRouting();
        _app.MapGrpcService<LinkAcceptor>();
        await _app.StartAsync(cancellationToken);
        var bound = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        LinkLog.Listening(context.Logger, bound);
        return new Uri(bound).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _app, null) is not { } app) return;
        // Whatever is still open has been given up.
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();

        _slots.Dispose();
    }

    private void Configure(KestrelServerOptions kestrel, bool isLoopback)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.KeepAliveTimeout = SilenceTimeout;
        limits.RequestHeadersTimeout = SilenceTimeout;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.MaxRequestBodySize = null;
        limits.Http2.MaxStreamsPerConnection = MaxStreamsPerConnection;
        limits.Http2.InitialConnectionWindowSize = WindowBytes;
        limits.Http2.InitialStreamWindowSize = WindowBytes;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(10);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(5);
        if (options.Address.Length > 0) kestrel.Listen(IPAddress.Parse(options.Address), options.Port, Listen);
        else if (isLoopback) kestrel.Listen(IPAddress.Loopback, options.Port, Listen);
        else kestrel.ListenAnyIP(options.Port, Listen);
    }

    private void Listen(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http2;
        listen.Use(next => connection => LimitAsync(connection, next));
        if (certificates is null)
        {
            listen.Use(next => connection => CheckAsync(connection, next));
            return;
        }

        listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = certificates.Own,
            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
            ClientCertificateValidation = (certificate, _, _) => certificates.IsTrusted(certificate),
            HandshakeTimeout = SilenceTimeout,
        });
    }

    private async Task LimitAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (!_slots.Wait(0))
        {
            Reject(connection, "too many connections");
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>What is not HTTP/2 would be answered and logged by the HTTP server.</summary>
    private async Task CheckAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var input = connection.Transport.Input;
        bool isHttp2;
        try
        {
            using var silence = new CancellationTokenSource(SilenceTimeout, context.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, connection.ConnectionClosed);
            var read = await input.ReadAtLeastAsync(Preface.Length, either.Token);
            var start = new byte[Preface.Length];
            isHttp2 = read.Buffer.Length >= start.Length && StartsWithPreface(read.Buffer, start);
            input.AdvanceTo(read.Buffer.Start);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ConnectionAbortedException)
        {
            isHttp2 = false;
        }

        if (isHttp2) await next(connection);
        else Reject(connection, "not a node");
    }

    private static bool StartsWithPreface(in System.Buffers.ReadOnlySequence<byte> buffer, byte[] start)
    {
        System.Buffers.BuffersExtensions.CopyTo(buffer.Slice(0, start.Length), start);
        return Preface.SequenceEqual(start);
    }

    private void Reject(ConnectionContext connection, string reason)
    {
        context.Metrics.Rejected();
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address.ToString() ?? "";
        context.Reports.Report(address, () => LinkLog.Rejected(context.Logger, address, reason));
        connection.Abort();
    }

    /// <summary>The node starts and stops this listener.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
