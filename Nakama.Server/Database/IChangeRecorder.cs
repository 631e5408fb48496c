using Npgsql;

namespace Nakama.Server.Database;

/// <summary>
/// Takes part in the transaction of a change, to keep what was there before: nothing is kept of a change that does not happen.
/// Both methods run again when the transaction is retried.
/// </summary>
public interface IChangeRecorder
{
    /// <summary>Locks and reads what the transaction is about to change.</summary>
    ValueTask BeforeAsync(NpgsqlConnection connection, CancellationToken cancellationToken);

    /// <summary>Reads what it has become, and stores the difference.</summary>
    ValueTask AfterAsync(NpgsqlConnection connection, CancellationToken cancellationToken);
}
