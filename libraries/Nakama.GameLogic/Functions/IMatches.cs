using Nakama.Protocol.Api;

namespace Nakama.GameLogic.Functions;

/// <summary>Matches: those with a handler of game logic, and those in which the server only relays messages.</summary>
public interface IMatches
{
    /// <summary>Starts a match with a registered handler.</summary>
    /// <param name="name">The name under which the handler is registered.</param>
    /// <param name="parameters">What the handler gets when the match starts: texts, numbers, flags, lists and dictionaries of them;
    /// null for nothing.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The id of the match.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("match_create")]
    Task<string> CreateAsync(
        string name, IReadOnlyDictionary<string, object?>? parameters = null, CancellationToken cancellationToken = default);

    /// <summary>A match by its id.</summary>
    /// <param name="matchId">The match.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The match; null when there is none.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("match_get")]
    Task<Match?> GetAsync(string matchId, CancellationToken cancellationToken = default);

    /// <summary>The matches that fit, those of game logic first.</summary>
    /// <param name="limit">The number of rows of a page.</param>
    /// <param name="authoritative">Only matches of game logic or only others; null for both.</param>
    /// <param name="label">Only matches with exactly this label; null for all.</param>
    /// <param name="minSize">The fewest members; null for any number.</param>
    /// <param name="maxSize">The most members; null for any number.</param>
    /// <param name="query">A query of the search language over the labels; null for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The matches.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("match_list")]
    Task<IReadOnlyList<Match>> ListAsync(
        int limit = 10, bool? authoritative = null, string? label = null, int? minSize = null, int? maxSize = null, string? query = null,
        CancellationToken cancellationToken = default);

    /// <summary>Sends data to the handler of a match and waits for its answer.</summary>
    /// <param name="matchId">The match.</param>
    /// <param name="data">The data.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What the handler answers.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("match_signal")]
    Task<string> SignalAsync(string matchId, string data = "", CancellationToken cancellationToken = default);
}
