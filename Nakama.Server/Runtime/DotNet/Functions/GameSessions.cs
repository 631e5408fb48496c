using Nakama.GameLogic.Functions;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="ISessions"/>
internal sealed class GameSessions(GameFunctionCaller caller) : GameFunctionGroup(caller), ISessions
{
    public Task DisconnectAsync(Guid sessionId, PresenceReason reason, CancellationToken cancellationToken) =>
        CallAsync("session_disconnect", [Id(sessionId), Whole((int)reason)], cancellationToken);

    public Task LogoutAsync(Guid userId, string? token, string? refreshToken, CancellationToken cancellationToken) =>
        CallAsync("session_logout", [Id(userId), Text(token), Text(refreshToken)], cancellationToken);
}
