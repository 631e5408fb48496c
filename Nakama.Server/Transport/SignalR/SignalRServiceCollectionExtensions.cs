using MessagePack.Resolvers;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Nakama.Server.Api;
using Nakama.Server.Transport.SignalR.MessagePack;

namespace Nakama.Server.Transport.SignalR;

internal static class SignalRServiceCollectionExtensions
{
    public static IServiceCollection AddSignalRHub(this IServiceCollection services)
    {
        services.AddRouting();
        // The library would log each refusal as an error; faults are logged by HubCalls.
        services.AddLogging(static logging => logging.AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.None));
        services.AddSignalR(static hub => hub.AddFilter<HubCalls>()).AddJsonProtocol(static json =>
        {
            json.PayloadSerializerOptions.Converters.Add(new WireJsonConverter());
            json.PayloadSerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowReadingFromString;
        }).AddMessagePackProtocol(static pack => pack.SerializerOptions =
            pack.SerializerOptions.WithResolver(CompositeResolver.Create(WireMessageResolver.Instance, pack.SerializerOptions.Resolver)));
        services.AddOptions<HubOptions>().Configure<SocketOptions>(static (hub, socket) =>
        {
            hub.KeepAliveInterval = TimeSpan.FromMilliseconds(socket.PingPeriodMs);
            hub.ClientTimeoutInterval = TimeSpan.FromMilliseconds(socket.PongWaitMs);
            hub.MaximumReceiveMessageSize = socket.MaxMessageSizeBytes;
            // One message after the other, as on every other transport.
            hub.MaximumParallelInvocationsPerClient = 1;
        });
        services.Configure<ConnectionOptions>(static connections => connections.DisconnectTimeout = HubSlots.Lifetime);
        // The hub's client timeout starts only with the client's first ping, which a client that disappears early never sends.
        services.AddOptions<Microsoft.AspNetCore.Builder.WebSocketOptions>().Configure<SocketOptions>(static (web, socket) =>
        {
            web.KeepAliveInterval = TimeSpan.FromMilliseconds(socket.PingPeriodMs);
            web.KeepAliveTimeout = TimeSpan.FromMilliseconds(socket.PongWaitMs - socket.PingPeriodMs);
        });
        return services
            .AddClientAddresses()
            .AddSingleton<HubLifetimeManager<GameHub>, HubConnections>()
            .AddSingleton<HubSlots>()
            .AddSingleton<SignalRSessions>()
            .AddSingleton<HubCalls>()
            .AddSingleton<SignalREndpoint>()
            .AddSingleton<IHttpEndpoint>(static provider => new SignalRRoute("/signalr", provider.GetRequiredService<SignalREndpoint>()))
            .AddSingleton<IHttpEndpoint>(static provider => new SignalRRoute("/signalr/", provider.GetRequiredService<SignalREndpoint>()));
    }
}
