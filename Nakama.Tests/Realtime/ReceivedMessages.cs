using Nakama.Protocol.Realtime;
using Nakama.Tests.Presence;
using WirePartyData = Nakama.Protocol.Realtime.PartyData;
using WireUserPresence = Nakama.Protocol.Realtime.UserPresence;

namespace Nakama.Tests.Realtime;

/// <summary>What sessions were told, in the words of tests.</summary>
internal static class ReceivedMessages
{
    public static IEnumerable<MatchData> MatchData(this ListeningSession session) =>
        session.Received.Where(envelope => envelope.MessageCase == Envelope.MessageOneofCase.MatchData).Select(envelope => envelope.MatchData);

    public static IEnumerable<WirePartyData> PartyData(this ListeningSession session) =>
        session.Received.Where(envelope => envelope.MessageCase == Envelope.MessageOneofCase.PartyData).Select(envelope => envelope.PartyData);

    public static int Count(this ListeningSession session, Envelope.MessageOneofCase kind) =>
        session.Received.Count(envelope => envelope.MessageCase == kind);

    /// <summary>A line for each message: what it is, and whom it names.</summary>
    public static IReadOnlyList<string> Story(this ListeningSession session, int from = 0) => [.. session.Received.Skip(from).Select(Line)];

    /// <summary>The same without direct answers, which have no fixed place among what is told to everyone.</summary>
    public static IReadOnlyList<string> Told(this ListeningSession session, int from = 0) =>
        [.. session.Received.Skip(from).Where(envelope => envelope.Cid.Length == 0).Select(Line)];

    private static string Line(Envelope envelope) => envelope.MessageCase switch
    {
        Envelope.MessageOneofCase.None => "done",
        Envelope.MessageOneofCase.Error => "error " + envelope.Error.Message,
        Envelope.MessageOneofCase.MatchPresenceEvent => Change(envelope.MatchPresenceEvent.Joins, envelope.MatchPresenceEvent.Leaves),
        Envelope.MessageOneofCase.PartyPresenceEvent => Change(envelope.PartyPresenceEvent.Joins, envelope.PartyPresenceEvent.Leaves),
        Envelope.MessageOneofCase.StreamPresenceEvent => Change(envelope.StreamPresenceEvent.Joins, envelope.StreamPresenceEvent.Leaves),
        Envelope.MessageOneofCase.PartyLeader => "leader " + envelope.PartyLeader.Presence.Username,
        Envelope.MessageOneofCase.Party => "party " + Names(envelope.Party.Presences) + " of " + envelope.Party.Leader.Username,
        Envelope.MessageOneofCase.PartyJoinRequest => "request " + Names(envelope.PartyJoinRequest.Presences),
        var kind => kind.ToString(),
    };

    private static string Change(IEnumerable<WireUserPresence> joins, IEnumerable<WireUserPresence> leaves) =>
        string.Join(' ', joins.Select(join => "+" + join.Username).Concat(leaves.Select(leave => "-" + leave.Username)));

    private static string Names(IEnumerable<WireUserPresence> presences) => string.Join('+', presences.Select(presence => presence.Username));
}
