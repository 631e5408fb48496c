using Npgsql;

namespace Nakama.Server.Accounts;

/// <summary>A feature's data of an account that is not deleted by the cascade from <c>users</c>.</summary>
public interface IAccountPart
{
    /// <summary>
    /// Erases the data, in the transaction that has deleted the row. Called again when the transaction is retried.
    /// </summary>
    /// <param name="connection">The transaction.</param>
    /// <param name="userId">The account.</param>
    /// <param name="isForgotten">
    /// Whether nothing may be kept of it: false only when an operator has deleted it without recording the deletion.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The action to run after the commit, such as clearing caches; null when there is none.</returns>
    ValueTask<Action?> EraseAsync(NpgsqlConnection connection, Guid userId, bool isForgotten, CancellationToken cancellationToken);
}
