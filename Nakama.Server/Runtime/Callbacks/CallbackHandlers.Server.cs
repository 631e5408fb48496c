using Nakama.Server.Cluster;
using Nakama.Server.Errors;
using Nakama.Server.Leaderboards;
using Nakama.Server.Matchmaking;
using Nakama.Server.Purchases.StoreNotifications;
using Nakama.Server.Runtime.Functions;
using Nakama.Server.Runtime.Jobs;

namespace Nakama.Server.Runtime.Callbacks;

/// <content>Handlers for callbacks that no user causes: matchmaker, scheduler and store notifications.</content>
internal sealed partial class CallbackHandlers
{
    private const string NoMatchId = "Invalid return value from runtime Matchmaker Matched hook, not a valid match ID.";

    public MatchmakerMatchedHook Matched() => async (entries, cancellationToken) =>
    {
        var result = await CallAsync(CallbackKind.MatchmakerMatched, "", new(ScriptValue.Native(entries)), cancellationToken);
        if (result.IsNull) return null;
        var matchId = result.AsText();
        return NodeBoundId.TryParse(matchId, out _, out _) ? matchId : throw new ApiException(StatusCode.Internal, NoMatchId);
    };

    public MatchmakerOverrideHook Override() => async (candidates, cancellationToken) => MatchmakerGroups.Read(
        await CallAsync(CallbackKind.MatchmakerOverride, "", new(ScriptValue.Native(candidates)), cancellationToken),
        candidates.SelectMany(static match => match), CallbackKind.MatchmakerOverride);

    public MatchmakerProcessorHook Processor() => async (entries, cancellationToken) => MatchmakerGroups.Read(
        await CallAsync(CallbackKind.MatchmakerProcessor, "", new(ScriptValue.Native(entries)), cancellationToken),
        entries, CallbackKind.MatchmakerProcessor);

    public LeaderboardReset LeaderboardReset() => async (board, reset, cancellationToken) =>
        await CallAsync(CallbackKind.LeaderboardReset, board.Id, new(ScriptValue.Native(board), ScriptValue.Of((double)reset)), cancellationToken);

    public TournamentTurn Turn(CallbackKind kind) => async (tournament, end, reset, cancellationToken) => await CallAsync(
        kind, tournament.Id, new(ScriptValue.Native(tournament), ScriptValue.Of((double)end), ScriptValue.Of((double)reset)), cancellationToken);

    public PurchaseNotificationFunction Purchase(CallbackKind kind) => async (notification, cancellationToken) => await CallAsync(
        kind, "", new(ScriptValue.Native(notification.Purchase), ScriptValue.Of(notification.Payload), ScriptValue.Native(notification.Type)), cancellationToken);

    public SubscriptionNotificationFunction Subscription(CallbackKind kind) => async (notification, cancellationToken) => await CallAsync(
        kind, "", new(ScriptValue.Native(notification.Subscription), ScriptValue.Of(notification.Payload), ScriptValue.Native(notification.Type)), cancellationToken);

    public JobFunction Job(JobDefinition job)
    {
        var description = CallbackTable.Of(CallbackKind.Job);
        return async (run, cancellationToken) =>
            await CallAsync(description, job.Name, ContextOf(description, job.Name), new(ScriptValue.Native(run)), cancellationToken);
    }

    private ValueTask<ScriptValue> CallAsync(CallbackKind kind, string label, CallbackArguments arguments, CancellationToken cancellationToken)
    {
        var description = CallbackTable.Of(kind);
        return CallAsync(description, "", ContextOf(description, label), arguments, cancellationToken);
    }
}
