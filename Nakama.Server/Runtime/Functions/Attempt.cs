using Nakama.Server.Database;
using Nakama.Server.Errors;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Work of a feature that modules hear of when it is refused.</summary>
internal static class Attempt
{
    /// <summary>Makes an error for the module of a refusal or of a statement that failed.</summary>
    /// <param name="work">What is tried.</param>
    /// <param name="failure">What stands before the colon.</param>
    /// <param name="cause">What stands after it; by default the sentence of the refusal.</param>
    public static async ValueTask<T> OrFaultAsync<T>(this ValueTask<T> work, LanguageText failure, Func<Exception, string>? cause = null)
    {
        try
        {
            return await work;
        }
        catch (Exception e) when (IsRefusal(e))
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
        catch (Exception e) when (IsRefusal(e))
        {
            throw Fault(failure, (cause ?? Cause.Of)(e));
        }
    }

    /// <summary>Whether a feature refused the work, or the database could not run it, so that the module hears why.</summary>
    public static bool IsRefusal(Exception error) =>
        error is ApiException and not (FunctionException or ScriptValueException)
        || DatabaseRetry.IsStatementFailure(error) || DatabaseErrors.IsAccountGone(error);

    public static FunctionException Fault(LanguageText failure, string cause) =>
        new(new LanguageText($"{failure.Lua}: {cause}", $"{failure.JavaScript}: {cause}"));

    public static FunctionException Fault(LanguageText failure, Exception error) => Fault(failure, Cause.Of(error));

    /// <summary>Of lists of records: clients are told of a bad cursor in other words.</summary>
    public static FunctionException FaultOfRecords(LanguageText failure, Exception error) =>
        error is ApiException { Status: StatusCode.InvalidArgument } ? Fault(failure, "leaderboard cursor invalid") : Fault(failure, error);
}
