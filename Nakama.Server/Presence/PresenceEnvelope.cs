using Google.Protobuf.Collections;
using Nakama.Protocol.Realtime;

namespace Nakama.Server.Presence;

/// <summary>The message that notifies clients of joins and leaves; its kind depends on the stream's mode.</summary>
internal static class PresenceEnvelope
{
    public static Envelope Of(StreamEvent happened)
    {
        var stream = happened.Stream;
        switch (stream.Mode)
        {
            case StreamMode.Status:
                var status = new StatusPresenceEvent();
                Fill(status.Joins, status.Leaves, happened);
                return new Envelope { StatusPresenceEvent = status };

            case StreamMode.Room or StreamMode.Group or StreamMode.DirectMessage:
                var channel = new ChannelPresenceEvent { ChannelId = stream.ToChannelId() };
                if (stream.Mode == StreamMode.Room)
                {
                    channel.RoomName = stream.Label;
                }
                else if (stream.Mode == StreamMode.Group)
                {
                    channel.GroupId = stream.SubjectText;
                }
                else
                {
                    channel.UserIdOne = stream.SubjectText;
                    channel.UserIdTwo = stream.SubcontextText;
                }
                Fill(channel.Joins, channel.Leaves, happened);
                return new Envelope { ChannelPresenceEvent = channel };

            case StreamMode.RelayedMatch or StreamMode.AuthoritativeMatch:
                var match = new MatchPresenceEvent { MatchId = $"{stream.Subject}.{stream.Label}" };
                Fill(match.Joins, match.Leaves, happened);
                return new Envelope { MatchPresenceEvent = match };

            case StreamMode.Party:
                var party = new PartyPresenceEvent { PartyId = $"{stream.Subject}.{stream.Label}" };
                Fill(party.Joins, party.Leaves, happened);
                return new Envelope { PartyPresenceEvent = party };

            default:
                var custom = new StreamPresenceEvent { Stream = stream.ToMessage() };
                Fill(custom.Joins, custom.Leaves, happened);
                return new Envelope { StreamPresenceEvent = custom };
        }
    }

    private static void Fill(RepeatedField<UserPresence> joins, RepeatedField<UserPresence> leaves, StreamEvent happened)
    {
        foreach (var presence in happened.Joins) joins.Add(presence.ToUserPresence());
        foreach (var presence in happened.Leaves) leaves.Add(presence.ToUserPresence());
    }
}
