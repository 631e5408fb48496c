using Akka.Actor;
using Akka.Cluster;

namespace Nakama.Server.Cluster.Membership;

/// <summary>Receives the changes of the membership from the engine, one after the other.</summary>
internal sealed class MemberActor : ReceiveActor
{
    private readonly UniqueAddress _self;

    public MemberActor(IMemberListener listener, Action onUp)
    {
        var cluster = Akka.Cluster.Cluster.Get(Context.System);
        _self = cluster.SelfUniqueAddress;
        Receive<ClusterEvent.MemberUp>(up =>
        {
            if (IsSelf(up.Member)) onUp();
            else if (Read(up.Member) is { } member) listener.OnUp(member);
        });
        Receive<ClusterEvent.MemberRemoved>(removed =>
        {
            if (!IsSelf(removed.Member) && Read(removed.Member) is { } member) listener.OnRemoved(member);
        });
        Receive<ClusterEvent.UnreachableMember>(changed => Tell(changed.Member, isReachable: false));
        Receive<ClusterEvent.ReachableMember>(changed => Tell(changed.Member, isReachable: true));

        void Tell(Member changed, bool isReachable)
        {
            if (!IsSelf(changed) && Read(changed) is { } member) listener.OnReachable(member, isReachable);
        }
    }

    protected override void PreStart() => Akka.Cluster.Cluster.Get(Context.System).Subscribe(
        Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));

    private static ClusterMember? Read(Member member) => AkkaSettings.MemberOf(member.Roles, member.Address.Host, member.Address.Port);

    private bool IsSelf(Member member) => member.UniqueAddress.Equals(_self);
}
