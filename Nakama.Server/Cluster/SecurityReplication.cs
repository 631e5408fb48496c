using Nakama.Server.Cluster.Messages;
using Nakama.Server.Security;

namespace Nakama.Server.Cluster;

/// <summary>
/// Replicates token revocations and the addresses of failed logins between the nodes. When messages may have been lost, revocations
/// are read from the database again, and bans that are no longer there are lifted.
/// </summary>
internal sealed class SecurityReplication(
    RevocationCache cache, RevocationStore store, Revocations revocations, PasswordAttempts attempts, MessageBus bus, TimeProvider time,
    ILogger<SecurityReplication> logger) : RepairLoop(time, logger)
{
    /// <summary>A revocation is in the database by then, or the request that made it has failed.</summary>
    private const int SecondsToStore = 60;

    private static readonly RevocationKind[] Kinds = [RevocationKind.All, RevocationKind.Session, RevocationKind.Refresh, RevocationKind.Ban];
    private static readonly BusMessage<Revocation> Revoked = new(60);
    private static readonly BusMessage<PasswordFailure> Failed = new(61);

    public override void Map(BusMap map)
    {
        base.Map(map);
        revocations.Revoked += (users, kind, token, second) => bus.Broadcast(
            Revoked, new Revocation { UserIds = { users.Select(IdBytes.Of) }, Kind = (uint)kind, TokenId = token, Second = second });
        revocations.BansLifted += users => bus.Broadcast(Revoked, new Revocation { UserIds = { users.Select(IdBytes.Of) }, IsLifted = true });
        attempts.Failed += (network, userId) => bus.Broadcast(Failed, new PasswordFailure { Network = network, UserId = IdBytes.Of(userId) });
        map.On(Revoked, (_, revocation) => Apply(revocation));
        map.On(Failed, (_, failure) => attempts.Note(failure.Network, IdBytes.Read(failure.UserId)));
    }

    protected override async ValueTask RepairAsync(CancellationToken cancellationToken)
    {
        // A ban of this moment may not be stored yet.
        var known = cache.BansBefore(cache.Now - SecondsToStore);
        var stored = new HashSet<Guid>();
        await store.ReadAsync(
            Kinds,
            (userId, kind, tokenId, second) =>
            {
                if (kind == RevocationKind.Ban) stored.Add(userId);
                cache.Restore(userId, kind, tokenId, second);
            },
            cancellationToken);
        foreach (var (userId, second) in known)
        {
            if (!stored.Contains(userId)) cache.LiftBan(userId, second);
        }
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
