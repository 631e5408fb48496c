using System.Runtime.CompilerServices;
using Npgsql;

namespace Nakama.Server.Database;

/// <summary>Which database answers; asked once per pool and remembered with it.</summary>
public sealed class DatabaseKind
{
    private static readonly ConditionalWeakTable<NpgsqlDataSource, DatabaseKind> ByPool = [];

    internal DatabaseKind(string version)
    {
        Version = version;
        IsCockroach = version.StartsWith("CockroachDB", StringComparison.Ordinal);
    }

    /// <summary>The text of <c>version()</c>.</summary>
    public string Version { get; }

    /// <summary>CockroachDB wants its own way of retrying a transaction.</summary>
    public bool IsCockroach { get; }

    public static ValueTask<DatabaseKind> OfAsync(NpgsqlDataSource database, CancellationToken cancellationToken) =>
        ByPool.TryGetValue(database, out var kind) ? ValueTask.FromResult(kind) : AskAsync(database, cancellationToken);

    internal static void Remember(NpgsqlDataSource database, DatabaseKind kind) => ByPool.AddOrUpdate(database, kind);

    private static async ValueTask<DatabaseKind> AskAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT version()");
        var kind = new DatabaseKind((string)(await command.ExecuteScalarAsync(cancellationToken))!);
        Remember(database, kind);
        return kind;
    }
}
