using Nakama.Protocol.Realtime;

namespace Nakama.Server.Transport.SignalR;

// Finding opponents.
internal sealed partial class GameHub
{
    /// <summary>Asks for opponents; who was found comes with the event <c>MatchmakerMatched</c>.</summary>
    /// <param name="minCount">The least number of players, this one included.</param>
    /// <param name="maxCount">The most.</param>
    /// <param name="query">What the others' properties must be; <c>*</c> takes anyone.</param>
    /// <param name="stringProperties">What others may ask for; null for none.</param>
    /// <param name="numericProperties">The same with numbers.</param>
    /// <param name="countMultiple">The number of players must be divisible by this; null for any.</param>
    public async Task<MatchmakerTicket?> MatchmakerAdd(
        int minCount, int maxCount, string query, Dictionary<string, string>? stringProperties,
        Dictionary<string, double>? numericProperties, int? countMultiple)
    {
        var add = new MatchmakerAdd
        {
            MinCount = minCount,
            MaxCount = maxCount,
            Query = query,
            StringProperties = { stringProperties ?? [] },
            NumericProperties = { numericProperties ?? [] },
            CountMultiple = countMultiple,
        };
        return (await CallAsync(new Envelope { MatchmakerAdd = add }))?.MatchmakerTicket;
    }

    public Task MatchmakerRemove(string ticket) =>
        CallAsync(new Envelope { MatchmakerRemove = new MatchmakerRemove { Ticket = ticket } });

    /// <summary>Asks for opponents for a whole party; only its leader may. The other parameters as for a player alone.</summary>
    public async Task<PartyMatchmakerTicket?> PartyMatchmakerAdd(
        string partyId, int minCount, int maxCount, string query, Dictionary<string, string>? stringProperties,
        Dictionary<string, double>? numericProperties, int? countMultiple)
    {
        var add = new PartyMatchmakerAdd
        {
            PartyId = partyId,
            MinCount = minCount,
            MaxCount = maxCount,
            Query = query,
            StringProperties = { stringProperties ?? [] },
            NumericProperties = { numericProperties ?? [] },
            CountMultiple = countMultiple,
        };
        return (await CallAsync(new Envelope { PartyMatchmakerAdd = add }))?.PartyMatchmakerTicket;
    }

    public Task PartyMatchmakerRemove(string partyId, string ticket) =>
        CallAsync(new Envelope { PartyMatchmakerRemove = new PartyMatchmakerRemove { PartyId = partyId, Ticket = ticket } });
}
