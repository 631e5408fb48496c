using Google.Protobuf;
using Nakama.Protocol.Realtime;

namespace Nakama.Server.Transport.SignalR;

// Parties and their members.
internal sealed partial class GameHub
{
    /// <param name="open">Whether anyone may join without being accepted by the leader.</param>
    /// <param name="maxSize">The maximum number of members.</param>
    /// <param name="label">A JSON object by which parties are listed; null for none.</param>
    /// <param name="hidden">Whether the party is left out of lists.</param>
    public async Task<Party?> PartyCreate(bool open, int maxSize, string? label, bool? hidden)
    {
        var create = new PartyCreate { Open = open, MaxSize = maxSize, Label = label ?? "", Hidden = hidden ?? false };
        return (await CallAsync(new Envelope { PartyCreate = create }))?.Party;
    }

    /// <summary>
    /// Joins an open party, or sends a join request to the leader of a closed one; the party itself arrives as the event
    /// <c>Party</c>.
    /// </summary>
    public Task PartyJoin(string partyId) => CallAsync(new Envelope { PartyJoin = new PartyJoin { PartyId = partyId } });

    public Task PartyLeave(string partyId) => CallAsync(new Envelope { PartyLeave = new PartyLeave { PartyId = partyId } });

    public Task PartyPromote(string partyId, UserPresence presence) =>
        CallAsync(new Envelope { PartyPromote = new PartyPromote { PartyId = partyId, Presence = presence } });

    public Task PartyAccept(string partyId, UserPresence presence) =>
        CallAsync(new Envelope { PartyAccept = new PartyAccept { PartyId = partyId, Presence = presence } });

    /// <summary>Removes a member, or rejects a join request.</summary>
    public Task PartyRemove(string partyId, UserPresence presence) =>
        CallAsync(new Envelope { PartyRemove = new PartyRemove { PartyId = partyId, Presence = presence } });

    public Task PartyClose(string partyId) => CallAsync(new Envelope { PartyClose = new PartyClose { PartyId = partyId } });

    public async Task<PartyJoinRequest?> PartyJoinRequestList(string partyId)
    {
        var list = new PartyJoinRequestList { PartyId = partyId };
        return (await CallAsync(new Envelope { PartyJoinRequestList = list }))?.PartyJoinRequest;
    }

    public Task PartyUpdate(string partyId, string? label, bool open, bool? hidden)
    {
        var update = new PartyUpdate { PartyId = partyId, Label = label ?? "", Open = open, Hidden = hidden ?? false };
        return CallAsync(new Envelope { PartyUpdate = update });
    }

    public Task PartyDataSend(string partyId, long opCode, byte[]? data)
    {
        var send = new PartyDataSend { PartyId = partyId, OpCode = opCode };
        if (data is not null) send.Data = UnsafeByteOperations.UnsafeWrap(data);
        return CallAsync(new Envelope { PartyDataSend = send });
    }
}
