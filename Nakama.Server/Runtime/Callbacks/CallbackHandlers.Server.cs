using Nakama.Server.Cluster;
using Nakama.Server.Errors;
using Nakama.Server.Leaderboards;
using Nakama.Server.Matchmaking;
using Nakama.Server.Purchases.Notifications;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Callbacks;

/// <content>What no user causes: the matchmaker, the schedule, the stores.</content>
internal sealed partial class CallbackHandlers
{
    private const string NoMatchId = "Invalid return value from runtime Matchmaker Matched hook, not a valid match ID.";

    public MatchmakerMatchedHook Matched() => async (entries, cancellationToken) =>
    {
        var result = await CallAsync(CallbackKind.MatchmakerMatched, "", new(HostValue.Native(entries)), cancellationToken);
        if (result.IsNull) return null;
        var matchId = result.AsText();
        return NodeBoundId.TryParse(matchId, out _, out _) ? matchId : throw new ApiError(StatusCode.Internal, NoMatchId);
    };

    public MatchmakerOverrideHook Override() => async (candidates, cancellationToken) =>
        GroupsOf(await CallAsync(CallbackKind.MatchmakerOverride, "", new(HostValue.Native(candidates)), cancellationToken), CallbackKind.MatchmakerOverride);

    public MatchmakerProcessorHook Processor() => async (entries, cancellationToken) =>
        GroupsOf(await CallAsync(CallbackKind.MatchmakerProcessor, "", new(HostValue.Native(entries)), cancellationToken), CallbackKind.MatchmakerProcessor);

    public LeaderboardReset LeaderboardReset() => async (board, reset, cancellationToken) =>
        await CallAsync(CallbackKind.LeaderboardReset, board.Id, new(HostValue.Native(board), HostValue.Of((double)reset)), cancellationToken);

    public TournamentTurn Turn(CallbackKind kind) => async (tournament, end, reset, cancellationToken) => await CallAsync(
        kind, tournament.Id, new(HostValue.Native(tournament), HostValue.Of((double)end), HostValue.Of((double)reset)), cancellationToken);

    public PurchaseNotificationFunction Purchase(CallbackKind kind) => async (notification, cancellationToken) => await CallAsync(
        kind, "", new(HostValue.Native(notification.Purchase), HostValue.Of(notification.Payload), HostValue.Native(notification.Type)), cancellationToken);

    public SubscriptionNotificationFunction Subscription(CallbackKind kind) => async (notification, cancellationToken) => await CallAsync(
        kind, "", new(HostValue.Native(notification.Subscription), HostValue.Of(notification.Payload), HostValue.Native(notification.Type)), cancellationToken);

    private ValueTask<HostValue> CallAsync(CallbackKind kind, string label, CallbackArguments arguments, CancellationToken cancellationToken)
    {
        var description = CallbackTable.Of(kind);
        return CallAsync(description, "", ContextOf(description, label), arguments, cancellationToken);
    }

    private static IReadOnlyList<IReadOnlyList<MatchmakerEntry>> GroupsOf(in HostValue result, CallbackKind kind) =>
        result.AsNative() as IReadOnlyList<IReadOnlyList<MatchmakerEntry>>
        ?? throw new ApiError(StatusCode.Internal, CallbackTable.Of(kind).WhenResultWrong!.Value.Lua);
}
