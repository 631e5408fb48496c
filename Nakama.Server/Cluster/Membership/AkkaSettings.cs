using System.Globalization;
using System.Text;
using Akka.Configuration;
using AkkaConfig = Akka.Configuration.Config;

namespace Nakama.Server.Cluster.Membership;

/// <summary>
/// The configuration of the membership engine. A node that does not answer is unreachable after two seconds and removed after
/// four to five; the side of a cut with fewer nodes removes itself.
/// </summary>
internal static class AkkaSettings
{
    /// <summary>The name of the actor system, a part of the addresses in it.</summary>
    public const string SystemName = "nakama";

    /// <summary>The name of our transport in addresses.</summary>
    public const string Scheme = "link";

    private const string NamePrefix = "name-";
    private const string IncarnationPrefix = "incarnation-";

    // down-all-when-unstable: below 8 s all nodes end when reachability changes often.
    private const string Profile = """
        akka {
          loglevel = WARNING
          stdout-loglevel = OFF
          loggers = ["Nakama.Server.Cluster.Membership.AkkaLogger, Nakama.Server"]
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          actor.provider = cluster
          coordinated-shutdown {
            exit-clr = off
            run-by-clr-shutdown-hook = off
            run-by-actor-system-terminate = off
          }
          remote {
            enabled-transports = ["akka.remote.nakama"]
            log-remote-lifecycle-events = off
            retry-gate-closed-for = 500ms
            flush-wait-on-shutdown = 200ms
            nakama {
              transport-class = "Nakama.Server.Cluster.Membership.MembershipTransport, Nakama.Server"
              applied-adapters = []
              transport-protocol = link
            }
          }
          cluster {
            log-info = off
            periodic-tasks-initial-delay = 200ms
            gossip-interval = 200ms
            leader-actions-interval = 200ms
            unreachable-nodes-reaper-interval = 200ms
            seed-node-timeout = 2s
            retry-unsuccessful-join-after = 2s
            run-coordinated-shutdown-when-down = on
            failure-detector {
              heartbeat-interval = 300ms
              acceptable-heartbeat-pause = 1500ms
              expected-response-after = 300ms
              threshold = 8.0
              min-std-deviation = 100ms
            }
            downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"
            split-brain-resolver {
              active-strategy = keep-majority
              stable-after = 1500ms
              down-all-when-unstable = 8s
            }
            down-removal-margin = 500ms
            use-dispatcher = akka.cluster.disp
            disp {
              type = ForkJoinDispatcher
              throughput = 10
              dedicated-thread-pool { thread-count = 2 }
            }
          }
        }
        """;

    /// <summary>The configuration of a node; its name and incarnation are told to the others as roles.</summary>
    public static AkkaConfig For(ClusterMember self)
    {
        var name = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(self.Name));
        var incarnation = self.Incarnation.ToString(CultureInfo.InvariantCulture);
        var roles = $"""akka.cluster.roles = ["{NamePrefix}{name}", "{IncarnationPrefix}{incarnation}"]""";
        return ConfigurationFactory.ParseString(roles).WithFallback(ConfigurationFactory.ParseString(Profile));
    }

    /// <summary>Reads a member from its roles; null for one that has none of ours.</summary>
    public static ClusterMember? MemberOf(IEnumerable<string> roles, string? host, int? port)
    {
        string? name = null;
        long? incarnation = null;
        foreach (var role in roles)
        {
            if (role.StartsWith(NamePrefix, StringComparison.Ordinal)) name = Encoding.UTF8.GetString(Convert.FromHexString(role.AsSpan(NamePrefix.Length)));
            if (role.StartsWith(IncarnationPrefix, StringComparison.Ordinal))
                incarnation = long.Parse(role.AsSpan(IncarnationPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture);
        }

        return name is null || incarnation is null || host is null || port is null ? null : new(name, NodeAddress.Format(host, port.Value), incarnation.Value);
    }
}
