using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nakama.Server.Api;
using Nakama.Server.Config;
using Nakama.Server.Hooks;
using Nakama.Server.Lifecycle;
using Nakama.Server.Metrics;
using Nakama.Server.Rpc;
using Nakama.Server.Transport;
using Nakama.Server.Transport.Grpc;
using Nakama.Server.Transport.Http;

namespace Nakama.Tests.Transport;

/// <summary>The request listeners on ports of their own, in front of a few methods that tell what reached them.</summary>
public sealed class ListenerHost : IAsyncLifetime
{
    public const string Token = "good-token";
    public static readonly Guid UserId = Guid.Parse("11111111-2222-3333-4444-555555555555");

    private WebApplication? _app;

    public Uri Api { get; private set; } = null!;

    public Uri Grpc { get; private set; } = null!;

    public Uri Console { get; private set; } = null!;

    public Uri ConsoleGrpc { get; private set; } = null!;

    public HookRegistry Hooks => _app!.Services.GetRequiredService<HookRegistry>();

    public RpcRegistry Functions => _app!.Services.GetRequiredService<RpcRegistry>();

    internal EchoApi Echo => _app!.Services.GetRequiredService<EchoApi>();

    public string MetricsText => _app!.Services.GetRequiredService<PrometheusText>().Write();

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var options = new NakamaOptions { Socket = new SocketOptions { ResponseHeaders = ["X-Shown=yes", "Cache-Control=mine"] } };
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddNakamaOptions(options)
            .AddMetricsFeature()
            .AddLifecycle()
            .AddApi()
            .AddRpc()
            .AddHttpListeners()
            .AddGrpcApi()
            .AddSingleton<ISessionTokenCheck, OneToken>()
            .AddSingleton<EchoApi>()
            .AddSingleton<IApiFeature>(p => p.GetRequiredService<EchoApi>())
            .AddSingleton(_ => EchoApi.ForOperators());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            Listen(kestrel, HttpProtocols.Http1, ListenerKind.Api);
            Listen(kestrel, HttpProtocols.Http2, ListenerKind.ApiGrpc);
            Listen(kestrel, HttpProtocols.Http1, ListenerKind.Console);
            Listen(kestrel, HttpProtocols.Http2, ListenerKind.ConsoleGrpc);
        });

        _app = builder.Build();
        var listeners = _app.Services.GetServices<IListenerHandler>().ToDictionary(d => d.Kind);
        _app.UseRawTargets();
        _app.Run(context => listeners[context.Features.Get<ListenerFeature>()!.Kind].HandleAsync(context));
        await _app.StartAsync();
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a)).ToArray();
        (Api, Grpc, Console, ConsoleGrpc) = (addresses[0], addresses[1], addresses[2], addresses[3]);
    }

    public async Task DisposeAsync() => await _app!.DisposeAsync();

    /// <summary>Sends a request just as it is written here; URL classes would tidy it up.</summary>
    public static async Task<WireAnswer> SendRawAsync(Uri listener, string requestLine, byte[]? body = null, params string[] headers)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, listener.Port);
        var stream = socket.GetStream();
        var head = $"{requestLine} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n"
            + string.Concat(headers.Select(h => h + "\r\n")) + (body is null ? "" : $"Content-Length: {body.Length}\r\n") + "\r\n";
        await stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(head));
        if (body is not null) await stream.WriteAsync(body);
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer);
        return WireAnswer.Parse(answer.ToArray());
    }

    public Task<WireAnswer> SendAsync(string requestLine, string? body = null, params string[] headers) =>
        SendRawAsync(Api, requestLine, body is null ? null : System.Text.Encoding.UTF8.GetBytes(body), [$"Authorization: Bearer {Token}", .. headers]);

    private static void Listen(KestrelServerOptions kestrel, HttpProtocols protocols, ListenerKind kind) =>
        kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = protocols;
            var feature = new ListenerFeature(kind);
            listen.Use(next => connection =>
            {
                connection.Features.Set(feature);
                return next(connection);
            });
            if (protocols == HttpProtocols.Http1) listen.UseRawTargets();
        });

    private sealed class OneToken : ISessionTokenCheck
    {
        public Caller? Check(string token) => token == Token
            ? new(UserId, "anna", new Dictionary<string, string> { ["k"] = "v" }, 99, "tid")
            : null;
    }
}
