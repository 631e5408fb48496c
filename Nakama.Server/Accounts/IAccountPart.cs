using Npgsql;

namespace Nakama.Server.Accounts;

/// <summary>A feature's share of an account that does not go away with the row of <c>users</c>.</summary>
public interface IAccountPart
{
    /// <summary>Erases the share, in the transaction that has just deleted the row. It may run again when that is retried.</summary>
    ValueTask EraseAsync(NpgsqlConnection connection, Guid userId, CancellationToken cancellationToken);

    /// <summary>Told after the commit, to drop what is kept in memory.</summary>
    void Erased(Guid userId);
}
