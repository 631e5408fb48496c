using Npgsql;

namespace Nakama.Server.Accounts;

/// <summary>A feature's share of an exported account.</summary>
public interface IAccountExportPart
{
    /// <summary>Adds the user's data. Called again when the transaction is retried.</summary>
    ValueTask ExportAsync(NpgsqlConnection connection, Guid userId, AccountExportWriter writer, CancellationToken cancellationToken);
}
