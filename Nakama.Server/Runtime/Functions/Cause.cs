using Nakama.Server.Errors;
using Npgsql;

namespace Nakama.Server.Runtime.Functions;

/// <summary>The part of a function's error after the colon.</summary>
internal static class Cause
{
    /// <summary>The message itself.</summary>
    public static string Of(Exception error) => error switch
    {
        PostgresException refused => $"{refused.Severity}: {refused.MessageText} (SQLSTATE {refused.SqlState})",
        _ => error.Message,
    };

    /// <summary>With the status, for errors that modules have always got as API errors; derived types have none.</summary>
    public static string WithStatus(Exception error) =>
        error is ApiException refusal && refusal.GetType() == typeof(ApiException) ? $"rpc error: code = {refusal.Status} desc = {refusal.Message}" : Of(error);
}
