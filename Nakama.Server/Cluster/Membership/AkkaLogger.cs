using Akka.Actor;
using Akka.Event;

namespace Nakama.Server.Cluster.Membership;

/// <summary>Writes the log of the membership engine to that of the node, where the number of equal lines is bounded.</summary>
internal sealed class AkkaLogger : ReceiveActor
{
    /// <summary>The part of the engine that reports every lost connection as an error.</summary>
    private const string Connections = "/system/endpointManager/";

    public AkkaLogger()
    {
        var logger = Context.System.Settings.Setup.Get<MembershipSetup>().Value.Loggers.CreateLogger<AkkaCluster>();
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        // The engine warns of what is expected when nodes come and go, and of every heartbeat that is late; what matters is logged
        // by the node itself.
        Receive<Error>(
            static error => !error.LogSource.Contains(Connections, StringComparison.Ordinal),
            error => MembershipLog.Error(logger, error.Cause, error.LogSource, error.Message?.ToString() ?? ""));
        Receive<LogEvent>(other => MembershipLog.Debug(logger, other.LogSource, other.Message?.ToString() ?? ""));
    }
}
