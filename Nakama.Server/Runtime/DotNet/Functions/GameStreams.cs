using Nakama.GameLogic.Functions;
using Nakama.Protocol.Realtime;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="IStreams"/>
internal sealed class GameStreams(GameFunctionCaller caller) : GameFunctionGroup(caller), IStreams
{
    public async Task<IReadOnlyList<StreamPresence>> ListUsersAsync(
        GameStream stream, bool includeHidden, bool includeNotHidden, CancellationToken cancellationToken) =>
        GameResults.StreamPresences(await CallAsync(
            "stream_user_list",
            [
                Stream(stream), Flag(includeHidden), Flag(includeNotHidden),
            ],
            cancellationToken));

    public async Task<PresenceMeta?> GetUserAsync(GameStream stream, Guid userId, Guid sessionId, CancellationToken cancellationToken) =>
        GameResults.Meta(await CallAsync("stream_user_get", [Id(userId), Id(sessionId), Stream(stream)], cancellationToken));

    public async Task<bool> JoinAsync(
        GameStream stream, Guid userId, Guid sessionId, bool hidden, bool persistence, string status, CancellationToken cancellationToken) =>
        (await CallAsync(
            "stream_user_join",
            [
                Id(userId), Id(sessionId), Stream(stream), Flag(hidden), Flag(persistence), Text(status),
            ],
            cancellationToken)).AsFlag();

    public Task UpdateAsync(
        GameStream stream, Guid userId, Guid sessionId, bool hidden, bool persistence, string status, CancellationToken cancellationToken) =>
        CallAsync(
            "stream_user_update",
            [
                Id(userId), Id(sessionId), Stream(stream), Flag(hidden), Flag(persistence), Text(status),
            ],
            cancellationToken);

    public Task LeaveAsync(GameStream stream, Guid userId, Guid sessionId, CancellationToken cancellationToken) =>
        CallAsync("stream_user_leave", [Id(userId), Id(sessionId), Stream(stream)], cancellationToken);

    public Task KickAsync(GameStream stream, GamePresence presence, CancellationToken cancellationToken) =>
        CallAsync("stream_user_kick", [Presence(presence), Stream(stream)], cancellationToken);

    public async Task<long> CountAsync(GameStream stream, CancellationToken cancellationToken) =>
        (await CallAsync("stream_count", [Stream(stream)], cancellationToken)).AsWhole();

    public Task CloseAsync(GameStream stream, CancellationToken cancellationToken) =>
        CallAsync("stream_close", [Stream(stream)], cancellationToken);

    public Task SendAsync(
        GameStream stream, string data, IReadOnlyCollection<GamePresence>? presences, bool reliable, CancellationToken cancellationToken) =>
        CallAsync("stream_send", [Stream(stream), Text(data), Presences(presences), Flag(reliable)], cancellationToken);

    public Task SendRawAsync(
        GameStream stream, Envelope envelope, IReadOnlyCollection<GamePresence>? presences, bool reliable, CancellationToken cancellationToken) =>
        CallAsync("stream_send_raw", [Stream(stream), Message(envelope), Presences(presences), Flag(reliable)], cancellationToken);
}
