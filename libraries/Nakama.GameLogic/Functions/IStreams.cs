using Nakama.Protocol.Realtime;

namespace Nakama.GameLogic.Functions;

/// <summary>Streams and their presences.</summary>
public interface IStreams
{
    /// <summary>The presences of a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="includeHidden">Whether hidden presences are returned.</param>
    /// <param name="includeNotHidden">Whether visible presences are returned.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The presences.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("stream_user_list")]
    Task<IReadOnlyList<StreamPresence>> ListUsersAsync(
        GameStream stream, bool includeHidden = true, bool includeNotHidden = true, CancellationToken cancellationToken = default);

    /// <summary>The settings with which a session is present in a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="userId">The user.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The settings; null without a presence.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("stream_user_get")]
    Task<PresenceMeta?> GetUserAsync(GameStream stream, Guid userId, Guid sessionId, CancellationToken cancellationToken = default);

    /// <summary>Adds a presence to a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="userId">The user.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="hidden">Whether others do not see the presence.</param>
    /// <param name="persistence">Whether what is sent to the stream shall be stored.</param>
    /// <param name="status">A text that others see.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether it was not present before.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("stream_user_join")]
    Task<bool> JoinAsync(
        GameStream stream, Guid userId, Guid sessionId, bool hidden = false, bool persistence = true, string status = "",
        CancellationToken cancellationToken = default);

    /// <summary>Adds a presence to a stream or changes its settings.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="userId">The user.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="hidden">Whether others do not see the presence.</param>
    /// <param name="persistence">Whether what is sent to the stream shall be stored.</param>
    /// <param name="status">A text that others see.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("stream_user_update")]
    Task UpdateAsync(
        GameStream stream, Guid userId, Guid sessionId, bool hidden = false, bool persistence = true, string status = "",
        CancellationToken cancellationToken = default);

    /// <summary>Removes a presence from a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="userId">The user.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("stream_user_leave")]
    Task LeaveAsync(GameStream stream, Guid userId, Guid sessionId, CancellationToken cancellationToken = default);

    /// <summary>Removes a presence from a stream, on any node.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="presence">The presence.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("stream_user_kick")]
    Task KickAsync(GameStream stream, GamePresence presence, CancellationToken cancellationToken = default);

    /// <summary>The number of presences of a stream, hidden ones included.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The number.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("stream_count")]
    Task<long> CountAsync(GameStream stream, CancellationToken cancellationToken = default);

    /// <summary>Removes all presences from a stream; nobody is informed.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("stream_close")]
    Task CloseAsync(GameStream stream, CancellationToken cancellationToken = default);

    /// <summary>Sends a text to a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="data">The text.</param>
    /// <param name="presences">The presences that receive it; null for all of the stream.</param>
    /// <param name="reliable">Whether it must arrive on connections that may lose messages.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("stream_send")]
    Task SendAsync(
        GameStream stream, string data, IReadOnlyCollection<GamePresence>? presences = null, bool reliable = true,
        CancellationToken cancellationToken = default);

    /// <summary>Sends an envelope to a stream as it is.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="envelope">The envelope.</param>
    /// <param name="presences">The presences that receive it; null for all of the stream.</param>
    /// <param name="reliable">Whether it must arrive on connections that may lose messages.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("stream_send_raw")]
    Task SendRawAsync(
        GameStream stream, Envelope envelope, IReadOnlyCollection<GamePresence>? presences = null, bool reliable = true,
        CancellationToken cancellationToken = default);
}
