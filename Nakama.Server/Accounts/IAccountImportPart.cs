using Nakama.Protocol.Console;
using Npgsql;

namespace Nakama.Server.Accounts;

/// <summary>A feature's share of an imported account.</summary>
public interface IAccountImportPart
{
    /// <summary>
    /// Replaces the user's data, in the transaction of the import. Called again when the transaction is retried.
    /// </summary>
    /// <returns>The action to run after the commit, such as updating indexes; null when there is none.</returns>
    /// <exception cref="Errors.ApiException">The data is not valid; nothing is imported.</exception>
    ValueTask<Func<ValueTask>?> ImportAsync(NpgsqlConnection connection, Guid userId, AccountExport data, CancellationToken cancellationToken);
}
