using Nakama.Server.Errors;
using Npgsql;

namespace Nakama.Server.Runtime.Functions;

/// <summary>What stands after the colon of a function's error.</summary>
internal static class Cause
{
    /// <summary>The sentence itself.</summary>
    public static string Of(Exception error) => error switch
    {
        PostgresException refused => $"{refused.Severity}: {refused.MessageText} (SQLSTATE {refused.SqlState})",
        _ => error.Message,
    };

    /// <summary>With the status, for errors that have always been told as those of the API; more special ones never were.</summary>
    public static string WithStatus(Exception error) =>
        error is ApiException refusal && refusal.GetType() == typeof(ApiException) ? $"rpc error: code = {refusal.Status} desc = {refusal.Message}" : Of(error);
}
