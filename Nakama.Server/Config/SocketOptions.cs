namespace Nakama.Server.Config;

/// <summary>Settings below <c>socket</c>.</summary>
public sealed record SocketOptions
{
    /// <summary>Basic-auth username for authenticate calls; not empty.</summary>
    public string ServerKey { get; init; } = "defaultkey";

    /// <summary>gRPC on port-1.</summary>
    public int Port { get; init; } = 7350;

    /// <summary>Bind IP.</summary>
    public string Address { get; init; } = "";

    /// <summary>tcp, tcp4, tcp6 (HTTP listener only).</summary>
    public string Protocol { get; init; } = "tcp";

    /// <summary>≥1; WebSocket message read limit.</summary>
    public int MaxMessageSizeBytes { get; init; } = 4096;

    /// <summary>≥1; HTTP body and gRPC receive limit.</summary>
    public int MaxRequestSizeBytes { get; init; } = 262144;

    /// <summary>≥1.</summary>
    public int ReadBufferSizeBytes { get; init; } = 4096;

    /// <summary>≥1.</summary>
    public int WriteBufferSizeBytes { get; init; } = 4096;

    /// <summary>≥1; whole HTTP request.</summary>
    public int ReadTimeoutMs { get; init; } = 10000;

    /// <summary>≥1; HTTP response.</summary>
    public int WriteTimeoutMs { get; init; } = 10000;

    /// <summary>≥1; keep-alive idle, also sets gateway deadline.</summary>
    public int IdleTimeoutMs { get; init; } = 60000;

    /// <summary>WebSocket write deadline.</summary>
    public int WriteWaitMs { get; init; } = 5000;

    /// <summary>WebSocket read deadline.</summary>
    public int PongWaitMs { get; init; } = 25000;

    /// <summary>must be less than  pong_wait_ms.</summary>
    public int PingPeriodMs { get; init; } = 15000;

    /// <summary>Messages per period that postpone a ping.</summary>
    public int PingBackoffThreshold { get; init; } = 20;

    /// <summary>≥1.</summary>
    public int CloseAckWaitMs { get; init; } = 2000;

    /// <summary>Per-session send queue; overflow disconnects.</summary>
    public int OutgoingQueueSize { get; init; } = 64;

    /// <summary>PEM path; both or neither with key.</summary>
    public string SslCertificate { get; init; } = "";

    /// <summary>PEM path.</summary>
    public string SslPrivateKey { get; init; } = "";

    /// <summary>Key=Value; entry without = fatal.</summary>
    public IReadOnlyList<string> ResponseHeaders { get; init; } = [];

    /// <summary>Trusted proxies in front, counted from the right of X-Forwarded-For.</summary>
    public int ProxyCount { get; init; } = 1;
}
