using Npgsql;

namespace Nakama.Server.Database;

/// <summary>Turns the settings below <c>database</c> into the text that opens the pool.</summary>
public static class DatabaseConnection
{
    /// <summary>What "no limit" means for a pool that needs one.</summary>
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
            // The pool counts idle seconds, not idle connections: fewer may stay, so each stays shorter.
            text.ConnectionIdleLifetime = options.MaxIdleConns > 0 ? 30 : 2;
            text.ConnectionPruningInterval = options.MaxIdleConns > 0 ? 10 : 1;
        }

        if (!text.Keys.Cast<string>().Contains("Timeout", StringComparer.OrdinalIgnoreCase)) text.Timeout = ConnectTimeoutSec;
        return text;
    }
}
