namespace Nakama.Server.Transport;

/// <summary>The listeners of the process, one per port.</summary>
public enum ListenerKind
{
    /// <summary>HTTP/JSON, WebSocket and SignalR for games.</summary>
    Api,

    /// <summary>gRPC for games, one port below.</summary>
    ApiGrpc,

    /// <summary>The console API and live feed.</summary>
    Console,

    /// <summary>The console API as gRPC, three ports below.</summary>
    ConsoleGrpc,

    /// <summary>Metrics for Prometheus.</summary>
    Metrics,
}

/// <summary>Answers every request that arrives at one listener.</summary>
public interface IListenerHandler
{
    ListenerKind Kind { get; }

    Task HandleAsync(HttpContext context);
}

/// <summary>Stores with a request the listener that its connection came through.</summary>
public sealed class ListenerFeature(ListenerKind kind)
{
    public ListenerKind Kind { get; } = kind;
}
