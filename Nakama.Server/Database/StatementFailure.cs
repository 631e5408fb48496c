using Nakama.Server.Errors;

namespace Nakama.Server.Database;

/// <summary>The error that a caller gets when a statement of an operation fails. The cause is only logged.</summary>
/// <param name="Work">The operation, such as <c>Listing friends</c>.</param>
/// <param name="Error">Creates the error.</param>
public sealed record StatementFailure(string Work, Func<ApiException> Error)
{
    /// <summary>Other errors of the operation that are replaced in the same way; none by default.</summary>
    public Func<ApiException, bool>? AlsoCovers { get; init; }

    /// <summary>Whether a failure is replaced; see <see cref="DatabaseRetry.IsStatementFailure"/>.</summary>
    public bool Covers(Exception failure) =>
        DatabaseRetry.IsStatementFailure(failure) || (AlsoCovers is not null && failure is ApiException error && AlsoCovers(error));

    /// <summary>Logs a covered failure and returns the error to throw instead.</summary>
    public ApiException Translate(Exception failure, ILogger log)
    {
        if (failure is not ApiException) DatabaseLog.StatementFailed(log, failure, Work);
        return Error();
    }

    /// <summary>Awaits a part of a method that has its own error message.</summary>
    public async ValueTask<T> TranslateAsync<T>(ValueTask<T> work, ILogger log)
    {
        try
        {
            return await work;
        }
        catch (Exception e) when (Covers(e))
        {
            throw Translate(e, log);
        }
    }

    /// <inheritdoc cref="TranslateAsync{T}"/>
    public async ValueTask TranslateAsync(ValueTask work, ILogger log)
    {
        try
        {
            await work;
        }
        catch (Exception e) when (Covers(e))
        {
            throw Translate(e, log);
        }
    }
}
