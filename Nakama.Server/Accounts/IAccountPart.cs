using Npgsql;

namespace Nakama.Server.Accounts;

/// <summary>A feature's share of an account that does not go away with the row of <c>users</c>.</summary>
public interface IAccountPart
{
    /// <summary>Erases the share, in the transaction that has just deleted the row. It may run again when that is retried.</summary>
    /// <returns>What is to be done after the commit, such as dropping what is kept in memory; null when there is nothing.</returns>
    ValueTask<Action?> EraseAsync(NpgsqlConnection connection, Guid userId, CancellationToken cancellationToken);
}
