namespace Nakama.Server.Api;

/// <summary>Settings below <c>socket</c>.</summary>
public sealed record SocketOptions
{
    /// <summary>The user name with which clients may sign in (basic authentication); not empty.</summary>
    public string ServerKey { get; init; } = "defaultkey";

    /// <summary>The port of HTTP and WebSocket; gRPC is one below.</summary>
    public int Port { get; init; } = 7350;

    /// <summary>The UDP port of reliable UDP (ENet); 0 is two above <c>socket.port</c>, a negative number opens none.</summary>
    public int RudpPort { get; init; }

    /// <summary>The address to listen on; empty is every one of the machine, <c>localhost</c> both loopback addresses.</summary>
    public string Address { get; init; } = "";

    /// <summary>Which addresses HTTP listens on: tcp (both families), tcp4 or tcp6.</summary>
    public string Protocol { get; init; } = "tcp";

    /// <summary>How large a message on a socket may be, in bytes, at least 1.</summary>
    public int MaxMessageSizeBytes { get; init; } = 4096;

    /// <summary>How large an HTTP request's body or a gRPC message may be, in bytes, at least 1.</summary>
    public int MaxRequestSizeBytes { get; init; } = 262144;

    /// <summary>How much is read from a socket at once, in bytes, at least 1.</summary>
    public int ReadBufferSizeBytes { get; init; } = 4096;

    /// <summary>How much is written to a socket at once, in bytes, at least 1.</summary>
    public int WriteBufferSizeBytes { get; init; } = 4096;

    /// <summary>How long a request may take to arrive, in milliseconds, at least 1.</summary>
    public int ReadTimeoutMs { get; init; } = 10000;

    /// <summary>How long an answer may take to leave, in milliseconds, at least 1.</summary>
    public int WriteTimeoutMs { get; init; } = 10000;

    /// <summary>
    /// How long a connection may wait for its next request, in milliseconds, at least 1; a request may not take
    /// longer either.
    /// </summary>
    public int IdleTimeoutMs { get; init; } = 60000;

    /// <summary>How long one write to a socket may take before the session ends, in milliseconds, at least 1.</summary>
    public int WriteWaitMs { get; init; } = 5000;

    /// <summary>How long a socket may be silent before the session ends, in milliseconds, at least 1.</summary>
    public int PongWaitMs { get; init; } = 25000;

    /// <summary>How often a socket is pinged, in milliseconds; less than <c>socket.pong_wait_ms</c>.</summary>
    public int PingPeriodMs { get; init; } = 15000;

    /// <summary>How many messages within a period make the next ping unnecessary.</summary>
    public int PingBackoffThreshold { get; init; } = 20;

    /// <summary>How long a closing socket waits for its client to agree, in milliseconds, at least 1.</summary>
    public int CloseAckWaitMs { get; init; } = 2000;

    /// <summary>How many messages may wait for one socket, at least 1; one more ends the session.</summary>
    public int OutgoingQueueSize { get; init; } = 64;

    /// <summary>
    /// How many TCP connections may be open on all ports together; 0 is as many as the process has descriptors for, beside
    /// those of the database pool and a reserve.
    /// </summary>
    public int MaxConnections { get; init; }

    /// <summary>How many TCP connections one address may have open; 0 is any number.</summary>
    public int MaxConnectionsPerAddress { get; init; }

    /// <summary>
    /// How many requests over HTTP and gRPC may come from one address in a second, and at one moment; 0 is any number. Opening
    /// a socket, of whatever transport, counts too. All of a /64 network of IPv6 is one address.
    /// </summary>
    public int MaxRequestsPerSecPerAddress { get; init; }

    /// <summary>How many requests may come from one user in a second, and at one moment; 0 is any number.</summary>
    public int MaxRequestsPerSecPerUser { get; init; }

    /// <summary>How many requests may come over one TCP connection in a second, and at one moment; 0 is any number.</summary>
    public int MaxRequestsPerSecPerConnection { get; init; }

    /// <summary>
    /// How many messages may come from the sockets of one address together in a second, and at one moment; 0 is any number.
    /// </summary>
    public int MaxMessagesPerSecPerAddress { get; init; }

    /// <summary>How many messages may come from the sockets of one user together in a second, and at one moment; 0 is any number.</summary>
    public int MaxMessagesPerSecPerUser { get; init; }

    /// <summary>How many messages may come over one socket in a second, and at one moment; 0 is any number.</summary>
    public int MaxMessagesPerSecPerConnection { get; init; }

    /// <summary>A PEM file with the certificate chain for HTTP and gRPC; together with the key or not at all.</summary>
    public string SslCertificate { get; init; } = "";

    /// <summary>A PEM file with the certificate's key.</summary>
    public string SslPrivateKey { get; init; } = "";

    /// <summary>Headers of every answer, each as <c>Key=Value</c>.</summary>
    public IReadOnlyList<string> ResponseHeaders { get; init; } = [];

    /// <summary>
    /// The proxies in front, as addresses or networks. <c>X-Forwarded-For</c> is believed from them alone and read from the right
    /// up to the first address that is none of them. Empty: <c>socket.proxy_count</c> says how it is read, from whomever it
    /// comes, and limits and lockouts of addresses leave out the peers it comes from.
    /// </summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>
    /// Without named proxies: how many addresses from the right of <c>X-Forwarded-For</c> are proxies; the next one is the client.
    /// 0 ignores the header.
    /// </summary>
    public int ProxyCount { get; init; } = 1;
}
