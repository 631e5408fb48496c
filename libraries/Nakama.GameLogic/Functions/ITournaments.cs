using Nakama.Protocol.Api;

namespace Nakama.GameLogic.Functions;

/// <summary>Tournaments and their records, on behalf of the server.</summary>
public interface ITournaments
{
    /// <summary>Makes a tournament; nothing happens when there is one with the id.</summary>
    /// <param name="definition">What is made.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("tournament_create")]
    Task CreateAsync(TournamentDefinition definition, CancellationToken cancellationToken = default);

    /// <summary>Deletes a tournament with all its records, if there is one.</summary>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("tournament_delete")]
    Task DeleteAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Changes how many scores an owner may submit in this round.</summary>
    /// <param name="id">The tournament.</param>
    /// <param name="ownerId">The owner of the record.</param>
    /// <param name="count">The number to add; may be negative.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("tournament_add_attempt")]
    Task AddAttemptsAsync(string id, Guid ownerId, int count, CancellationToken cancellationToken = default);

    /// <summary>Lets a user take part.</summary>
    /// <param name="id">The tournament.</param>
    /// <param name="userId">The user.</param>
    /// <param name="username">The name of the user.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("tournament_join")]
    Task JoinAsync(string id, Guid userId, string username, CancellationToken cancellationToken = default);

    /// <summary>The tournaments with the ids; unknown ones are left out.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The tournaments that exist.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("tournaments_get_id")]
    Task<IReadOnlyList<Tournament>> GetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default);

    /// <summary>A page of tournaments by start, end, category and id.</summary>
    /// <param name="categoryStart">The first category.</param>
    /// <param name="categoryEnd">The last category.</param>
    /// <param name="startTime">Only those that start at this time or later; null for all.</param>
    /// <param name="endTime">Only those that end at this time or earlier; null for those that have not ended.</param>
    /// <param name="limit">The number of rows of a page.</param>
    /// <param name="cursor">The cursor of an earlier page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A page.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("tournament_list")]
    Task<Page<Tournament>> ListAsync(
        int categoryStart = 0, int categoryEnd = 127, DateTimeOffset? startTime = null, DateTimeOffset? endTime = null, int limit = 10,
        string? cursor = null, CancellationToken cancellationToken = default);

    /// <summary>Stops computing ranks of a tournament, for good.</summary>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("tournament_ranks_disable")]
    Task DisableRanksAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>A page of records, and the records of the owners.</summary>
    /// <param name="id">The tournament.</param>
    /// <param name="ownerIds">Owners whose records are returned besides the page.</param>
    /// <param name="limit">The number of records of a page; 0 for the owners' records only.</param>
    /// <param name="cursor">The cursor of an earlier page; null for the first.</param>
    /// <param name="expiry">The end of an earlier period; null for the current one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A page.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("tournament_records_list")]
    Task<RecordPage> ListRecordsAsync(
        string id, IReadOnlyCollection<Guid>? ownerIds = null, int limit = 0, string? cursor = null, DateTimeOffset? expiry = null,
        CancellationToken cancellationToken = default);

    /// <summary>Submits a score.</summary>
    /// <param name="id">The tournament.</param>
    /// <param name="ownerId">The owner of the record.</param>
    /// <param name="username">The name that the record shows; null to keep it.</param>
    /// <param name="score">The score.</param>
    /// <param name="subscore">Decides between equal scores.</param>
    /// <param name="metadata">A JSON object; null for none.</param>
    /// <param name="overrideOperator">The operator to use in place of the leaderboard's; null for the leaderboard's.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The record after the operator was applied.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("tournament_record_write")]
    Task<LeaderboardRecord> WriteRecordAsync(
        string id, Guid ownerId, string? username = null, long score = 0, long subscore = 0, string? metadata = null,
        ScoreOperator? overrideOperator = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes the record of an owner, if there is one.</summary>
    /// <param name="id">The tournament.</param>
    /// <param name="ownerId">The owner of the record.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("tournament_record_delete")]
    Task DeleteRecordAsync(string id, Guid ownerId, CancellationToken cancellationToken = default);

    /// <summary>The record of an owner and its neighbours.</summary>
    /// <param name="id">The tournament.</param>
    /// <param name="ownerId">The owner of the record.</param>
    /// <param name="limit">The number of rows of a page.</param>
    /// <param name="cursor">The cursor of an earlier page; null for the first.</param>
    /// <param name="expiry">The end of an earlier period; null for the current one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A page.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("tournament_records_haystack")]
    Task<RecordPage> ListRecordsAroundAsync(
        string id, Guid ownerId, int limit = 10, string? cursor = null, DateTimeOffset? expiry = null, CancellationToken cancellationToken = default);
}
