using Akka.Actor.Setup;
using Nakama.Server.Cluster.Links;

namespace Nakama.Server.Cluster.Membership;

/// <summary>What the parts that the engine creates by the names of their types need from the node.</summary>
internal sealed class MembershipSetup(ClusterMember self, LinkDialer dialer, ILoggerFactory loggers, TaskCompletionSource<MembershipTransport> transport) : Setup
{
    /// <summary>This node.</summary>
    public ClusterMember Self { get; } = self;

    /// <summary>Opens connections to other nodes.</summary>
    public LinkDialer Dialer { get; } = dialer;

    /// <summary>The log of the node.</summary>
    public ILoggerFactory Loggers { get; } = loggers;

    /// <summary>Completes with the transport as soon as the engine has created it.</summary>
    public TaskCompletionSource<MembershipTransport> Transport { get; } = transport;
}
