using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Nakama.Server.Database;

/// <summary>The kind of database; queried once per pool and cached with it.</summary>
public sealed class DatabaseKind
{
    private static readonly ConditionalWeakTable<NpgsqlDataSource, DatabaseKind> ByPool = [];

    internal DatabaseKind(string version, string isolation = "read committed", bool sortsByBytes = true)
    {
        Version = version;
        SortsByBytes = sortsByBytes;
        Isolation = isolation switch
        {
            "serializable" => IsolationLevel.Serializable,
            "repeatable read" or "snapshot" => IsolationLevel.RepeatableRead,
            _ => IsolationLevel.ReadCommitted,
        };
        IsCockroach = version.StartsWith("CockroachDB", StringComparison.Ordinal);
    }

    /// <summary>The text of <c>version()</c>.</summary>
    public string Version { get; }

    /// <summary>The database's default transaction isolation, which its operator has chosen.</summary>
    public IsolationLevel Isolation { get; }

    /// <summary>Whether texts are sorted by their bytes, and not as the people of some country do.</summary>
    public bool SortsByBytes { get; }

    /// <summary>CockroachDB requires its own transaction retry protocol.</summary>
    public bool IsCockroach { get; }

    public static ValueTask<DatabaseKind> OfAsync(NpgsqlDataSource database, CancellationToken cancellationToken) =>
        ByPool.TryGetValue(database, out var kind) ? ValueTask.FromResult(kind) : AskAsync(database, cancellationToken);

    internal static void Remember(NpgsqlDataSource database, DatabaseKind kind) => ByPool.AddOrUpdate(database, kind);

    private static async ValueTask<DatabaseKind> AskAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        // No country's alphabet has the capital letters before the small ones.
        await using var command = database.CreateCommand("SELECT version(), current_setting('default_transaction_isolation'), 'B'::text < 'a'::text");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var kind = new DatabaseKind(reader.GetString(0), reader.GetString(1), reader.GetBoolean(2));
        Remember(database, kind);
        return kind;
    }
}
