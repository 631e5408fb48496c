using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;
using Nakama.Server.Security;

namespace Nakama.Server.ConsoleApi;

/// <summary>
/// Exchanges revocations of operators' tokens and failed logins with other nodes. When messages may have been lost, revocations are
/// read from the database again.
/// </summary>
internal sealed class ConsoleReplication(
    ConsoleTokens tokens, LoginLockout lockout, MessageBus bus, TimeProvider time, ILogger<ConsoleReplication> logger) : RepairLoop(time, logger)
{
    private static readonly BusMessage<Revocation> Revoked = new(62);
    private static readonly BusMessage<LoginAttempt> Attempted = new(63);

    public override void Map(BusMap map)
    {
        base.Map(map);
        tokens.Revoked += (id, kind, fingerprint, second) => bus.Broadcast(
            Revoked, new Revocation { UserIds = { IdBytes.Of(id) }, Kind = (uint)kind, TokenId = fingerprint, Second = second });
        lockout.Attempted += (name, address, isSuccess, isRoot) => bus.Broadcast(
            Attempted, new LoginAttempt { Account = name, Address = address, IsSuccess = isSuccess, IsRoot = isRoot });
        map.On(Revoked, (_, revocation) =>
        {
            foreach (var id in revocation.UserIds) tokens.Restore(IdBytes.Read(id), (RevocationKind)revocation.Kind, revocation.TokenId, revocation.Second);
        });
        map.On(Attempted, (_, attempt) =>
        {
            if (attempt.IsSuccess) lockout.NoteSuccess(attempt.Account, attempt.Address);
            else lockout.NoteFailure(attempt.Account, attempt.Address, attempt.IsRoot);
        });
    }

    protected override async ValueTask RepairAsync(CancellationToken cancellationToken) => await tokens.LoadAsync(cancellationToken);
}
