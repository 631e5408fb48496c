using Nakama.Server.Cluster.Messages;
using Nakama.Server.Security;

namespace Nakama.Server.Cluster;

/// <summary>
/// Replicates token revocations and the addresses of failed logins between the nodes. When messages may have been lost, revocations
/// are read from the database again.
/// </summary>
internal sealed class SecurityReplication(
    RevocationCache cache, RevocationStore store, Revocations revocations, PasswordAttempts attempts, MessageBus bus, TimeProvider time,
    ILogger<SecurityReplication> logger) : RepairLoop(time, logger), IBusFeature
{
    private static readonly RevocationKind[] Kinds = [RevocationKind.All, RevocationKind.Session, RevocationKind.Refresh, RevocationKind.Ban];
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
        RepairAfterLosses(map);
    }

    protected override async ValueTask RepairAsync(CancellationToken cancellationToken) => await store.ReadAsync(Kinds, cache.Restore, cancellationToken);

    private void Apply(Revocation revocation)
    {
        foreach (var userId in revocation.UserIds.Select(IdBytes.Read))
        {
            if (revocation.IsLifted) cache.LiftBan(userId);
            else cache.Restore(userId, (RevocationKind)revocation.Kind, revocation.TokenId, revocation.Second);
        }
    }
}
