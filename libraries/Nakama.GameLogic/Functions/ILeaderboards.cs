using Nakama.Protocol.Api;

namespace Nakama.GameLogic.Functions;

/// <summary>Leaderboards and their records, on behalf of the server.</summary>
public interface ILeaderboards
{
    /// <summary>Makes a leaderboard; nothing happens when there is one with the id.</summary>
    /// <param name="definition">What is made.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("leaderboard_create")]
    Task CreateAsync(LeaderboardDefinition definition, CancellationToken cancellationToken = default);

    /// <summary>Deletes a leaderboard with all its records, if there is one.</summary>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("leaderboard_delete")]
    Task DeleteAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>A page of leaderboards in order of creation.</summary>
    /// <param name="limit">The number of rows of a page.</param>
    /// <param name="cursor">The cursor of an earlier page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A page.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("leaderboard_list")]
    Task<Page<Leaderboard>> ListAsync(int limit = 10, string? cursor = null, CancellationToken cancellationToken = default);

    /// <summary>Stops computing ranks of a leaderboard, for good.</summary>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("leaderboard_ranks_disable")]
    Task DisableRanksAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>The leaderboards with the ids; unknown ones are left out.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The leaderboards that exist.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("leaderboards_get_id")]
    Task<IReadOnlyList<Leaderboard>> GetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default);

    /// <summary>A page of records, and the records of the owners.</summary>
    /// <param name="id">The leaderboard.</param>
    /// <param name="ownerIds">Owners whose records are returned besides the page.</param>
    /// <param name="limit">The number of records of a page; 0 for the owners' records only.</param>
    /// <param name="cursor">The cursor of an earlier page; null for the first.</param>
    /// <param name="expiry">The end of an earlier period; null for the current one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A page.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("leaderboard_records_list")]
    Task<RecordPage> ListRecordsAsync(
        string id, IReadOnlyCollection<Guid>? ownerIds = null, int limit = 0, string? cursor = null, DateTimeOffset? expiry = null,
        CancellationToken cancellationToken = default);

    /// <summary>A cursor for the page that begins at a rank.</summary>
    /// <param name="id">The id.</param>
    /// <param name="rank">The rank, from 1.</param>
    /// <param name="expiry">The end of an earlier period; null for the current one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The cursor; empty for the first page.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("leaderboard_records_list_cursor_from_rank")]
    Task<string> GetCursorAsync(string id, long rank, DateTimeOffset? expiry = null, CancellationToken cancellationToken = default);

    /// <summary>Submits a score.</summary>
    /// <param name="id">The leaderboard.</param>
    /// <param name="ownerId">The owner of the record.</param>
    /// <param name="username">The name that the record shows; null to keep it.</param>
    /// <param name="score">The score.</param>
    /// <param name="subscore">Decides between equal scores.</param>
    /// <param name="metadata">A JSON object; null for none.</param>
    /// <param name="overrideOperator">The operator to use in place of the leaderboard's; null for the leaderboard's.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The record after the operator was applied.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("leaderboard_record_write")]
    Task<LeaderboardRecord> WriteRecordAsync(
        string id, Guid ownerId, string? username = null, long score = 0, long subscore = 0, string? metadata = null,
        ScoreOperator? overrideOperator = null, CancellationToken cancellationToken = default);

    /// <summary>The record of an owner and its neighbours.</summary>
    /// <param name="id">The leaderboard.</param>
    /// <param name="ownerId">The owner of the record.</param>
    /// <param name="limit">The number of rows of a page.</param>
    /// <param name="cursor">The cursor of an earlier page; null for the first.</param>
    /// <param name="expiry">The end of an earlier period; null for the current one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A page.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("leaderboard_records_haystack")]
    Task<RecordPage> ListRecordsAroundAsync(
        string id, Guid ownerId, int limit = 10, string? cursor = null, DateTimeOffset? expiry = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes the record of an owner, if there is one.</summary>
    /// <param name="id">The id.</param>
    /// <param name="ownerId">The owner of the record.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("leaderboard_record_delete")]
    Task DeleteRecordAsync(string id, Guid ownerId, CancellationToken cancellationToken = default);
}
