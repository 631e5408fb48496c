using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Remote.Transport;
using Nakama.Server.Cluster.Links;
using Nakama.Server.Cluster.Messages;
using AkkaConfig = Akka.Configuration.Config;
using AkkaTransport = Akka.Remote.Transport.Transport;

namespace Nakama.Server.Cluster.Membership;

/// <summary>
/// Carries the messages of the membership engine over connections of the port for nodes, so that they are authenticated like all
/// others. They do not share connections with messages of the bus, which would delay heartbeats.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer, and the engine never disposes of a transport.")]
internal sealed class MembershipTransport : AkkaTransport
{
    private readonly MembershipSetup _setup;
    private readonly Address _self;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<MembershipAssociation, bool> _open = [];
    private readonly TaskCompletionSource<IAssociationEventListener> _listener = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public MembershipTransport(ActorSystem system, AkkaConfig config)
    {
        System = system;
        Config = config;
        SchemeIdentifier = AkkaSettings.Scheme;
        MaximumPayloadBytes = LinkFrame.MaxPayload;
        _setup = system.Settings.Setup.Get<MembershipSetup>().Value;
        _self = AddressOf(_setup.Self.Address);
        _setup.Transport.TrySetResult(this);
    }

    public override Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen() => Task.FromResult((_self, _listener));

    public override bool IsResponsibleFor(Address remote) => true;

    public override async Task<AssociationHandle> Associate(Address remoteAddress)
    {
        try
        {
            var link = await _setup.Dialer.OpenAsync(
                NodeAddress.Format(remoteAddress.Host ?? "", remoteAddress.Port ?? 0), LinkPurpose.Membership, _stopping.Token);
            return Open(link, remoteAddress).Association;
        }
        catch (Exception e) when (e is LinkException or OperationCanceledException)
        {
            throw new InvalidAssociationException($"No association with {remoteAddress}: {e.Message}", e);
        }
    }

    /// <summary>Serves a connection that another node has opened, until it ends.</summary>
    public async Task AcceptAsync(AuthenticatedLink link, CancellationToken cancellationToken)
    {
        var listener = await _listener.Task.WaitAsync(cancellationToken);
        var (association, completion) = Open(link, AddressOf(link.Peer.Address));
        listener.Notify(new InboundAssociation(association));
        await completion;
    }

    public override async Task<bool> Shutdown()
    {
        foreach (var (association, _) in _open) association.Close();
        await _stopping.CancelAsync();
        return true;
    }

    private (MembershipAssociation Association, Task Completion) Open(AuthenticatedLink link, Address remote)
    {
        var association = new MembershipAssociation(link, _self, remote);
        _open[association] = true;
        return (association, RunAsync());

        async Task RunAsync()
        {
            try
            {
                await association.RunAsync();
            }
            finally
            {
                _open.TryRemove(association, out _);
            }
        }
    }

    private Address AddressOf(string address)
    {
        var (host, port) = NodeAddress.Parse(address);
        return new Address(SchemeIdentifier, System.Name, host, port);
    }
}
