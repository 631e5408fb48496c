using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Nakama.Server.Api;
using Nakama.Server.Config;
using Nakama.Server.Security;
using Nakama.Server.Transport;
using Nakama.Server.Transport.Http;

namespace Nakama.Server.Hosting;

/// <summary>The ports of a node and the limits of all connections to them.</summary>
internal static class NodeListeners
{
    /// <summary>The number of bytes that the reference server's HTTP library allows beyond its configured limit.</summary>
    private const int HeaderSlackBytes = 4096;

    private const string Localhost = "localhost";

    private const int MaxHeaderBytes = 5120 + HeaderSlackBytes;

    /// <summary>UTF-8; bytes that are not valid UTF-8 are decoded as Latin-1, one by one.</summary>
    private static readonly Encoding HeaderEncoding = Encoding.GetEncoding("utf-8", EncoderFallback.ExceptionFallback, new Latin1Fallback());

    public static void Configure(KestrelServerOptions kestrel, NakamaOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.RequestHeaderEncodingSelector = static _ => HeaderEncoding;
        Limit(kestrel.Limits, options.Socket);

        var certificate = Certificate(options.Socket);
        var api = Binding(options.Socket.Address, options.Socket.Protocol);
        var apiGrpc = Binding(options.Socket.Address, "tcp");
        var console = Binding(options.Console.Address, "tcp");
        // Browsers use HTTP/1.1 on a port without TLS, and negotiate the protocol in the handshake of a port with TLS.
        var plaintext = new PlaintextProtocols(kestrel.Limits.RequestHeadersTimeout, TimeProvider.System);
        Action<ListenOptions>? apiGrpcProtocols = certificate is null ? plaintext.AcceptHttp1 : null;
        var apiGrpcProtocol = certificate is null ? HttpProtocols.Http2 : HttpProtocols.Http1AndHttp2;
        Listen(kestrel, api, options.Socket.Port, HttpProtocols.Http1, ListenerKind.Api, certificate);
        Listen(kestrel, apiGrpc, options.Socket.Port - 1, apiGrpcProtocol, ListenerKind.ApiGrpc, certificate, apiGrpcProtocols);
        Listen(kestrel, console, options.Console.Port, HttpProtocols.Http1, ListenerKind.Console, null, plaintext.ShareHttp1);
        Listen(kestrel, console, options.Console.Port - 3, HttpProtocols.Http2, ListenerKind.ConsoleGrpc, null, plaintext.AcceptHttp1);
        if (options.Metrics.PrometheusPort > 0)
            Listen(kestrel, Binding(options.Metrics.PrometheusAddress, "tcp"), options.Metrics.PrometheusPort, HttpProtocols.Http1, ListenerKind.Metrics, null);
    }

    /// <summary>One server holds all listeners, so the time limits are those of the public listener.</summary>
    private static void Limit(KestrelServerLimits limits, SocketOptions socket)
    {
        limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        // Their total size is bounded, so their number needs no separate bound.
        limits.MaxRequestHeaderCount = MaxHeaderBytes;
        limits.RequestHeadersTimeout = TimeSpan.FromMilliseconds(socket.ReadTimeoutMs);
        limits.KeepAliveTimeout = TimeSpan.FromMilliseconds(socket.IdleTimeoutMs);
        limits.MinRequestBodyDataRate = Rate(limits.MinRequestBodyDataRate, socket.ReadTimeoutMs);
        limits.MinResponseDataRate = Rate(limits.MinResponseDataRate, socket.WriteTimeoutMs);
        // Each listener enforces its own body limit; see RequestLimits.
        limits.MaxRequestBodySize = null;
    }

    private static MinDataRate? Rate(MinDataRate? usual, int graceMs) =>
        usual is null ? null : new MinDataRate(usual.BytesPerSecond, TimeSpan.FromMilliseconds(Math.Max(graceMs, 1001)));

    private static X509Certificate2? Certificate(SocketOptions socket)
    {
        if (socket.SslCertificate.Length == 0) return null;
        using var read = X509Certificate2.CreateFromPemFile(socket.SslCertificate, socket.SslPrivateKey);
        // Windows cannot use a key that exists only in memory.
        return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Configures Kestrel to listen at an address of the settings.</summary>
    private static Action<KestrelServerOptions, int, Action<ListenOptions>> Binding(string address, string protocol)
    {
        if (address.Length == 0 && protocol == "tcp") return static (kestrel, port, open) => kestrel.ListenAnyIP(port, open);
        if (address == Localhost && protocol == "tcp") return static (kestrel, port, open) => kestrel.ListenLocalhost(port, open);
        var single = Address(address, protocol);
        return (kestrel, port, open) => kestrel.Listen(single, port, open);
    }

    private static IPAddress Address(string address, string protocol)
    {
        if (address.Length == 0) return protocol == "tcp4" ? IPAddress.Any : IPAddress.IPv6Any;
        if (IPAddress.TryParse(address, out var parsed)) return parsed;
        var family = protocol switch { "tcp4" => AddressFamily.InterNetwork, "tcp6" => AddressFamily.InterNetworkV6, _ => AddressFamily.Unspecified };
        return Dns.GetHostAddresses(address, family)[0];
    }

    private static void Listen(
        KestrelServerOptions kestrel, Action<KestrelServerOptions, int, Action<ListenOptions>> bind, int port, HttpProtocols protocols, ListenerKind kind,
        X509Certificate2? certificate, Action<ListenOptions>? choose = null)
    {
        var feature = new ListenerFeature(kind);
        bind(kestrel, port, Open);

        void Open(ListenOptions listen)
        {
            listen.Protocols = protocols;
            var countsRequests = kind is ListenerKind.Api or ListenerKind.ApiGrpc
                && listen.KestrelServerOptions.ApplicationServices.GetRequiredService<SocketOptions>().MaxRequestsPerSecPerConnection > 0;
            var limiter = listen.KestrelServerOptions.ApplicationServices.GetRequiredService<ConnectionLimiter>();
            listen.Use(next => connection => limiter.RunAsync(connection, next));
            listen.Use(next => connection =>
            {
                connection.Features.Set(feature);
                if (countsRequests) connection.Features.Set(new ConnectionRate());
                return next(connection);
            });
            if (certificate is not null)
            {
                listen.Use(next => connection => PlainHttpErrors.CheckAsync(connection, next));
                listen.UseHttps(certificate);
            }

            var gate = listen.KestrelServerOptions.ApplicationServices.GetServices<IConnectionMiddleware>().SingleOrDefault(gate => gate.Kind == kind);
            if (gate is not null)
            {
                listen.Use(next => async connection =>
                {
                    if (!await gate.TryRunAsync(connection)) await next(connection);
                });
            }

            if (protocols == HttpProtocols.Http1) listen.UseRawTargets();
            choose?.Invoke(listen);
        }
    }
}
