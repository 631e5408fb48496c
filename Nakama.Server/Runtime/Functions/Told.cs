using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Server.Search;
using Nakama.Server.Storage;
using Nakama.Server.Tournaments;
using Nakama.Server.Wallets;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Failures that modules are told of in the words of who failed.</summary>
internal static class Told
{
    /// <summary>Does the work of a function; what it refuses becomes an error of the function.</summary>
    /// <param name="failed">What stands before the colon.</param>
    /// <param name="work">The work, which has begun.</param>
    public static async ValueTask<T> AsAsync<T>(LanguageText failed, ValueTask<T> work)
    {
        try
        {
            return await work;
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw Fault(failed, e);
        }
    }

    /// <inheritdoc cref="AsAsync{T}"/>
    public static async ValueTask<HostValue> AsAsync(LanguageText failed, ValueTask work)
    {
        try
        {
            await work;
            return default;
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw Fault(failed, e);
        }
    }

    public static bool IsRefusal(Exception error) =>
        error is ApiError or TournamentRefusal or NegativeWalletException or StorageIndexException or SearchQueryException
        || DatabaseRetry.IsStatementFailure(error);

    public static FunctionFault Fault(LanguageText failed, Exception error) => Fault(failed, Cause.Of(error));

    /// <summary>Of lists of records: clients are told of a bad cursor in other words.</summary>
    public static FunctionFault OfRecords(LanguageText failed, Exception error) =>
        error is ApiError { Status: StatusCode.InvalidArgument } ? Fault(failed, "leaderboard cursor invalid") : Fault(failed, error);

    public static FunctionFault Fault(LanguageText failed, string cause) => new(new($"{failed.Lua}: {cause}", $"{failed.JavaScript}: {cause}"));
}
