namespace Nakama.Server.Cluster;

/// <summary>Settings below <c>cluster</c>; without <c>cluster.enabled</c> the others mean nothing.</summary>
public sealed record ClusterOptions
{
    /// <summary>Whether this node forms a cluster with the other nodes of its database. A node alone listens for none.</summary>
    public bool Enabled { get; init; }

    /// <summary>
    /// The host name or address by which other nodes reach this one; empty is the address from which it reaches the database.
    /// </summary>
    public string Host { get; init; } = "";

    /// <summary>
    /// The address to listen at for other nodes; empty is every address, or the loopback address if <c>cluster.host</c> is one.
    /// </summary>
    public string Address { get; init; } = "";

    /// <summary>The TCP port for other nodes; 0 is any free port.</summary>
    public int Port { get; init; } = 7355;

    /// <summary>
    /// Where other nodes are found: empty is the database; otherwise addresses (<c>host</c> or <c>host:port</c>), <c>dns:name</c> for
    /// all addresses of a name, or <c>kubernetes</c> for the pods with the label <c>app=nakama</c> (another one as <c>kubernetes:label=value</c>).
    /// </summary>
    public IReadOnlyList<string> Join { get; init; } = [];

    /// <summary>What all nodes know and nobody else, at least 16 bytes; empty is a random one, which the database keeps.</summary>
    public string Secret { get; init; } = "";

    /// <summary>A PEM file with the certificate of this node for connections between nodes, which then use TLS on both sides.</summary>
    public string SslCertificate { get; init; } = "";

    /// <summary>A PEM file with the private key of <c>cluster.ssl_certificate</c>.</summary>
    public string SslPrivateKey { get; init; } = "";

    /// <summary>A PEM file with the certificates of the authority that has signed the certificates of all nodes.</summary>
    public string SslAuthority { get; init; } = "";

    internal bool UsesTls => SslCertificate.Length > 0;
}
