using Nakama.Server.Cluster.Messages;
using Nakama.Server.Security;

namespace Nakama.Server.Cluster;

/// <summary>Replicates token revocations and the addresses of failed logins between the nodes.</summary>
internal sealed class SecurityReplication(
    RevocationCache cache, Revocations revocations, PasswordAttempts attempts, MessageBus bus) : IBusFeature
{
    private static readonly BusMessage<Revocation> Revoked = new(60);
    private static readonly BusMessage<PasswordFailure> Failed = new(61);

    public void Map(BusMap map)
    {
        revocations.Revoked += (users, kind, token, second) => bus.Broadcast(
            Revoked, new Revocation { UserIds = { users.Select(IdBytes.Of) }, Kind = (uint)kind, TokenId = token, Second = second });
        revocations.BansLifted += users => bus.Broadcast(Revoked, new Revocation { UserIds = { users.Select(IdBytes.Of) }, IsLifted = true });
        attempts.Failed += (network, userId) => bus.Broadcast(Failed, new PasswordFailure { Network = network, UserId = IdBytes.Of(userId) });
        map.On(Revoked, (_, revocation) => Apply(revocation));
        map.On(Failed, (_, failure) => attempts.Note(failure.Network, IdBytes.Read(failure.UserId)));
    }

    private void Apply(Revocation revocation)
    {
        foreach (var userId in revocation.UserIds.Select(IdBytes.Read))
        {
            if (revocation.IsLifted) cache.LiftBan(userId);
            else cache.Restore(userId, (RevocationKind)revocation.Kind, revocation.TokenId, revocation.Second);
        }
    }
}
