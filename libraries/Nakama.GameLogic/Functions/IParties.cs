using Nakama.Protocol.Api;

namespace Nakama.GameLogic.Functions;

/// <summary>Parties of players.</summary>
public interface IParties
{
    /// <summary>A page of parties by their labels.</summary>
    /// <param name="limit">The number of rows of a page.</param>
    /// <param name="open">Only open or only closed ones; null for both.</param>
    /// <param name="showHidden">Whether hidden parties are returned.</param>
    /// <param name="query">A query of the search language over the labels; null for all.</param>
    /// <param name="cursor">The cursor of an earlier page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A page.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("party_list")]
    Task<Page<Party>> ListAsync(
        int limit = 10, bool? open = null, bool showHidden = false, string? query = null, string? cursor = null,
        CancellationToken cancellationToken = default);
}
