using Nakama.Protocol.Realtime;

namespace Nakama.Server.Transport.SignalR;

// The matchmaker.
internal sealed partial class GameHub
{
    /// <summary>Adds a matchmaker ticket; the opponents found arrive with the event <c>MatchmakerMatched</c>.</summary>
    /// <param name="minCount">The minimum number of players, this one included.</param>
    /// <param name="maxCount">The maximum.</param>
    /// <param name="query">The condition on the other players' properties; <c>*</c> matches all.</param>
    /// <param name="stringProperties">Properties that other players' queries may refer to; null for none.</param>
    /// <param name="numericProperties">The same for numbers.</param>
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

    /// <summary>
    /// Adds a matchmaker ticket for a whole party; only its leader may. The other parameters are those of a single player.
    /// </summary>
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
