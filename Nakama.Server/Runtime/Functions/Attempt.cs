using Nakama.Server.Database;
using Nakama.Server.Errors;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Runs feature operations and reports their errors to modules.</summary>
internal static class Attempt
{
    /// <summary>Converts an API error or a failed statement to an error for the module.</summary>
    /// <param name="work">The operation.</param>
    /// <param name="failure">The part of the message before the colon.</param>
    /// <param name="cause">The part after it; by default the message of the error.</param>
    public static async ValueTask<T> OrFaultAsync<T>(this ValueTask<T> work, LanguageText failure, Func<Exception, string>? cause = null)
    {
        try
        {
            return await work;
        }
        catch (Exception e) when (IsReportable(e))
        {
            throw Fault(failure, (cause ?? Cause.Of)(e));
        }
    }

    /// <inheritdoc cref="OrFaultAsync{T}"/>
    public static async ValueTask<ScriptValue> OrFaultAsync(this ValueTask work, LanguageText failure, Func<Exception, string>? cause = null)
    {
        try
        {
            await work;
            return default;
        }
        catch (Exception e) when (IsReportable(e))
        {
            throw Fault(failure, (cause ?? Cause.Of)(e));
        }
    }

    /// <summary>Whether a feature rejected the operation, or the database could not run it; the module gets the reason.</summary>
    public static bool IsReportable(Exception error) =>
        error is ApiException and not (FunctionException or ScriptValueException)
        || DatabaseRetry.IsStatementFailure(error) || DatabaseErrors.IsAccountGone(error);

    public static FunctionException Fault(LanguageText failure, string cause) =>
        new(new LanguageText(Join(failure.Lua, cause), Join(failure.JavaScript, cause))) { Cause = cause };

    private static string Join(string failure, string cause) => failure.Length == 0 ? cause : $"{failure}: {cause}";

    public static FunctionException Fault(LanguageText failure, Exception error) => Fault(failure, Cause.Of(error));

    /// <summary>For lists of records, where clients get another message for a bad cursor.</summary>
    public static FunctionException FaultOfRecords(LanguageText failure, Exception error) =>
        error is ApiException { Status: StatusCode.InvalidArgument } ? Fault(failure, "leaderboard cursor invalid") : Fault(failure, error);
}
