using Nakama.Server.Errors;

namespace Nakama.Server.Database;

/// <summary>What the one who asked is told when a statement of some work fails. The cause goes to the log only.</summary>
/// <param name="Work">What was tried, such as <c>Listing friends</c>.</param>
/// <param name="Error">Makes the error.</param>
public sealed record StatementFailure(string Work, Func<ApiException> Error)
{
    /// <summary>Errors of the work that are told in the same way; none by default.</summary>
    public Func<ApiException, bool>? AlsoCovers { get; init; }

    /// <summary>Whether a failure is told in this way; see <see cref="DatabaseRetry.IsStatementFailure"/>.</summary>
    public bool Covers(Exception failure) =>
        DatabaseRetry.IsStatementFailure(failure) || (AlsoCovers is not null && failure is ApiException error && AlsoCovers(error));

    /// <summary>The error to throw in place of a failure that is covered. Logs the failure.</summary>
    public ApiException Translate(Exception failure, ILogger log)
    {
        if (failure is not ApiException) DatabaseLog.StatementFailed(log, failure, Work);
        return Error();
    }

    /// <summary>Waits for a part of a method that has a sentence of its own.</summary>
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
