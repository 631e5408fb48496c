using System.Net.Sockets;
using Npgsql;

namespace Nakama.Server.Api;

/// <summary>Tells a database that cannot be reached from one that refused a statement.</summary>
internal static class DatabaseFaults
{
    public static bool IsUnavailable(Exception error) => error switch
    {
        PostgresException refused => refused.SqlState is "57P01" or "57P02" or "57P03" or "53300" || refused.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException { InnerException: TimeoutException or IOException or SocketException } => true,
        NpgsqlException lost => lost.IsTransient,
        SocketException => true,
        _ => false,
    };
}
