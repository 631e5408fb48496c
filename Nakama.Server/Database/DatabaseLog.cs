namespace Nakama.Server.Database;

internal static partial class DatabaseLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Database connections {dsns}")]
    public static partial void Connections(ILogger log, IEnumerable<string> dsns);

    [LoggerMessage(Level = LogLevel.Information, Message = "Database information {version}")]
    public static partial void Information(ILogger log, string version);

    [LoggerMessage(Level = LogLevel.Information, Message = "Creating new database {name}")]
    public static partial void Creating(ILogger log, string? name);

    [LoggerMessage(Level = LogLevel.Information, Message = "Applying database migrations {limit}")]
    public static partial void Applying(ILogger log, int limit);

    [LoggerMessage(Level = LogLevel.Information, Message = "Successfully applied migration {count}")]
    public static partial void Applied(ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Would apply migration {id} {sql}")]
    public static partial void WouldApply(ILogger log, string id, string sql);

    [LoggerMessage(Level = LogLevel.Information, Message = "Migrations to apply {count}")]
    public static partial void Planned(ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reverting database migrations {limit}")]
    public static partial void Reverting(ILogger log, int limit);

    [LoggerMessage(Level = LogLevel.Information, Message = "Successfully migrated back {count}")]
    public static partial void Reverted(ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reapplying database migrations {limit}")]
    public static partial void Reapplying(ILogger log, int limit);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Limit is ignored by this command {limit}")]
    public static partial void LimitIgnored(ILogger log, int limit);

    [LoggerMessage(Level = LogLevel.Information, Message = "{id} {applied}")]
    public static partial void Status(ILogger log, string id, string applied);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{id} {applied}")]
    public static partial void UnknownMigration(ILogger log, string id, string applied);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not look up the address of the database {host}")]
    public static partial void LookupFailed(ILogger log, Exception error, string host);

    [LoggerMessage(LogLevel.Error, "{Operation} failed in the database")]
    public static partial void StatementFailed(ILogger log, Exception exception, string operation);

    [LoggerMessage(Level = LogLevel.Information, Message = "Address of the database changed, connections are opened anew {host}")]
    public static partial void AddressChanged(ILogger log, string host);
}
