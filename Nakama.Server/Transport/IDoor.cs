namespace Nakama.Server.Transport;

/// <summary>The listeners of the process, one per port.</summary>
public enum DoorKind
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
public interface IDoor
{
    DoorKind Kind { get; }

    Task HandleAsync(HttpContext context);
}

/// <summary>Tells a request which listener its connection came through.</summary>
public sealed class DoorFeature(DoorKind kind)
{
    public DoorKind Kind { get; } = kind;
}
