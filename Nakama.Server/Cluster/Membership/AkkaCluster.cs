using Akka.Actor;
using Akka.Actor.Setup;
using Nakama.Server.Cluster.Links;

namespace Nakama.Server.Cluster.Membership;

/// <summary>
/// The membership by Akka.Cluster: gossip between the nodes, detection of failures, and a decision by majority when the network is
/// cut. When the engine ends without having been told to, the others have removed this node.
/// </summary>
internal sealed class AkkaCluster(LinkDialer dialer, ILoggerFactory loggers) : ICluster, IMembershipConnections
{
    private static readonly TimeSpan JoinTimeout = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _isUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<MembershipTransport> _transport = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ActorSystem? _system;
    private volatile bool _isLeaving;

    public Task StartAsync(ClusterMember self, IMemberListener listener, CancellationToken cancellationToken)
    {
        var setup = ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(AkkaSettings.For(self)), new MembershipSetup(self, dialer, loggers, _transport));
        var system = ActorSystem.Create(AkkaSettings.SystemName, setup);
        _system = system;
        // Arguments of the constructor would be serialized for an actor that is deployed elsewhere; this one never is.
        system.ActorOf(Props.CreateBy(new MemberActors(listener, _isUp)), "members");
        _ = system.WhenTerminated.ContinueWith(
            _ =>
            {
                if (!_isLeaving) listener.OnLost();
            },
            TaskScheduler.Default);
        return _transport.Task.WaitAsync(cancellationToken);
    }

    public async Task<bool> JoinAsync(IReadOnlyList<string> addresses, CancellationToken cancellationToken)
    {
        var cluster = Akka.Cluster.Cluster.Get(_system!);
        var seeds = addresses.Select(AddressOf).ToList();
        if (seeds is [var only] && only.Equals(cluster.SelfAddress)) cluster.Join(only);
        else cluster.JoinSeedNodes(seeds);
        try
        {
            await _isUp.Task.WaitAsync(JoinTimeout, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        _isLeaving = true;
        if (_system is not { WhenTerminated.IsCompleted: false } system || !_isUp.Task.IsCompleted) return;
        await Akka.Cluster.Cluster.Get(system).LeaveAsync(cancellationToken);
    }

    public async Task AcceptAsync(AuthenticatedLink link, CancellationToken cancellationToken) =>
        await (await _transport.Task.WaitAsync(cancellationToken)).AcceptAsync(link, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _isLeaving = true;
        if (_system is null) return;
        await _system.Terminate();
        _system.Dispose();
    }

    private static Address AddressOf(string address)
    {
        var (host, port) = NodeAddress.Parse(address);
        return new Address($"akka.{AkkaSettings.Scheme}", AkkaSettings.SystemName, host, port);
    }

    private sealed class MemberActors(IMemberListener listener, TaskCompletionSource isUp) : IIndirectActorProducer
    {
        public Type ActorType => typeof(MemberActor);

        public ActorBase Produce() => new MemberActor(listener, () => isUp.TrySetResult());

        public void Release(ActorBase actor)
        {
        }
    }
}
