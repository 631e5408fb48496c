using Npgsql;

namespace Nakama.Server.Database;

/// <summary>Converts the settings below <c>database</c> to the connection string of the pool.</summary>
public static class DatabaseConnection
{
    /// <summary>The pool size for "no limit", because the pool requires one.</summary>
    private const int UnlimitedPool = 1000;

    private const int ConnectTimeoutSec = 15;

    private const int SecondInMs = 1000;

    /// <summary>The connection string for the first address, with pool size and lifetimes.</summary>
    public static string Text(DatabaseOptions options) => Parse(options).ConnectionString;

    internal static NpgsqlConnectionStringBuilder Parse(DatabaseOptions options)
    {
        var text = DatabaseAddress.Parse(options.Address[0]);
        text.MaxPoolSize = options.MaxOpenConns > 0 ? options.MaxOpenConns : UnlimitedPool;
        text.MinPoolSize = Math.Min(text.MinPoolSize, text.MaxPoolSize);
        text.ConnectionLifetime = options.ConnMaxLifetimeMs > 0 ? Math.Max(options.ConnMaxLifetimeMs / SecondInMs, 1) : 0;
        if (options.MaxIdleConns < text.MaxPoolSize)
        {
            // The pool limits idle time, not the number of idle connections: a lower limit becomes a shorter idle lifetime.
            text.ConnectionIdleLifetime = options.MaxIdleConns > 0 ? 30 : 2;
            text.ConnectionPruningInterval = options.MaxIdleConns > 0 ? 10 : 1;
        }

        if (!text.Keys.Cast<string>().Contains("Timeout", StringComparer.OrdinalIgnoreCase)) text.Timeout = ConnectTimeoutSec;
        return text;
    }
}
