using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Matches;
using Nakama.Server.Streams;
using Users = Nakama.Protocol.Realtime.MatchmakerMatched.Types.MatchmakerUser;

namespace Nakama.Server.Matchmaking;

/// <summary>Notifies the players of matches, with the match id or token to join.</summary>
internal sealed class MatchmakerDelivery(
    MatchmakerHooks hooks, MatchTokens tokens, MessageRouter router, ILogger<MatchmakerDelivery> logger)
{
    private const int AtOnce = 64;

    /// <summary>Calls the hook for all matches in parallel, and completes when all players have been notified.</summary>
    public async ValueTask DeliverAsync(List<MadeMatch> matches, CancellationToken cancellationToken)
    {
        if (hooks.Matched is not { } matched)
        {
            foreach (var match in matches) Tell(match, matchId: null);
            return;
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(matches, parallel, async (match, token) => Tell(match, await AskAsync(matched, match, token)));
    }

    private async ValueTask<string?> AskAsync(MatchmakerMatchedHook matched, MadeMatch match, CancellationToken cancellationToken)
    {
        try
        {
            var matchId = await matched(match.Entries, cancellationToken);
            if (string.IsNullOrEmpty(matchId)) return null;
            if (NodeBoundId.TryParse(matchId, out _, out _)) return matchId;
            MatchmakerLog.InvalidMatchId(logger, matchId);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            MatchmakerLog.HookFailed(logger, e, "matched");
        }

        return null;
    }

    private void Tell(MadeMatch match, string? matchId)
    {
        var token = matchId is null ? tokens.Issue() : null;
        var users = new Users[match.Entries.Count];
        for (var i = 0; i < users.Length; i++) users[i] = Describe(match.Entries[i]);
        for (var i = 0; i < users.Length; i++)
        {
            var entry = match.Entries[i];
            var message = new MatchmakerMatched { Ticket = entry.Ticket, Self = users[i], Users = { users } };
            if (token is not null) message.Token = token;
            else message.MatchId = matchId;
            router.SendToSession(entry.Presence.SessionId, new Envelope { MatchmakerMatched = message });
        }
    }

    private static Users Describe(MatchmakerEntry entry)
    {
        var user = new Users { Presence = entry.Presence.Shown, PartyId = entry.PartyId };
        foreach (var (name, text) in entry.StringProperties) user.StringProperties[name] = text;
        foreach (var (name, number) in entry.NumericProperties) user.NumericProperties[name] = number;
        return user;
    }
}
