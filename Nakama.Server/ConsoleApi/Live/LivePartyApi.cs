using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Live;
using Nakama.Server.Cluster;
using Nakama.Server.Matchmaking;
using Nakama.Server.Parties;

namespace Nakama.Server.ConsoleApi.Live;

/// <summary>The parties of all nodes, by id. A node answers for the parties that it owns.</summary>
internal sealed class LivePartyApi(PartyRegistry registry, Matchmaker matchmaker, NodeDirectory nodes) : ILiveFeature
{
    public void Map(LiveMap live)
    {
        live.OnAll<ListLivePartiesRequest, LivePartyList>("ListLiveParties", (request, _) => new(List(request)), Merge);
        live.OnOne<InspectPartyRequest, PartyInspection>("InspectParty", request => HomeOf(request.PartyId), (request, _) => new(Inspect(request)));
        live.OnOne<EndPartyRequest, Empty>("EndParty", request => HomeOf(request.PartyId), (request, _) => new(End(request)));
    }

    private static string HomeOf(string partyId) =>
        NodeBoundId.TryParse(partyId, out _, out var node) && node.Length > 0 ? node.ToString() : throw LiveErrors.IdInvalid("party");

    private LivePartyList List(ListLivePartiesRequest request)
    {
        LivePage.CheckFilters(request.Text);
        var limit = LivePage.Limit(request.Limit);
        var after = LivePage.Key(request.Cursor);
        var wanted = registry.All.Where(party => LivePage.Has(party.Id, request.Text) || LivePage.Has(party.Settings.Label, request.Text));
        var page = LivePage.First(
            wanted, limit + 1, static (one, other) => string.CompareOrdinal(one.Id, other.Id), party => string.CompareOrdinal(party.Id, after) > 0, out var total);
        return new LivePartyList { Total = total, Parties = { page.Select(party => Describe(party.Inspect())) } };
    }

    private static LivePartyList Merge(ListLivePartiesRequest request, LiveAnswers<LivePartyList> answers)
    {
        var limit = LivePage.Limit(request.Limit);
        var merged = new LivePartyList { Unreachable = { answers.Unreachable } };
        foreach (var answer in answers.All) merged.Total += answer.Total;
        var found = answers.All.SelectMany(static answer => answer.Parties);
        merged.Parties.Add(LivePage.First(found, limit + 1, static (one, other) => string.CompareOrdinal(one.PartyId, other.PartyId)));
        merged.NextCursor = LivePage.Cut(merged.Parties, limit, static party => party.PartyId);
        return merged;
    }

    private PartyInspection Inspect(InspectPartyRequest request)
    {
        var seen = (registry.Find(request.PartyId) ?? throw LiveErrors.PartyNotFound).Inspect();
        return new PartyInspection
        {
            Party = Describe(seen),
            Members = { seen.Members.Select(member => LivePresences.Of(member.Presence, nodes.NameOf(member.Address.Node))) },
            Requests = { seen.Requests.Select(member => LivePresences.Of(member.Presence, nodes.NameOf(member.Address.Node))) },
            Tickets = { matchmaker.TicketsOfParty(request.PartyId) },
        };
    }

    private Empty End(EndPartyRequest request)
    {
        (registry.Find(request.PartyId) ?? throw LiveErrors.PartyNotFound).End();
        return new Empty();
    }

    private LiveParty Describe(PartyOverview seen) => new()
    {
        PartyId = seen.Party.Id,
        Node = seen.Party.Node,
        Open = seen.Party.Settings.IsOpen,
        Hidden = seen.Party.Settings.IsHidden,
        Size = seen.Members.Count,
        MaxSize = seen.Party.Capacity,
        Label = seen.Party.Settings.Label,
        CreateTime = seen.Party.CreatedAt.ToTimestamp(),
        Leader = seen.Leader is null ? null : LivePresences.Of(seen.Leader, seen.Members.FirstOrDefault(member => member.Is(seen.Leader)) is { } member ? nodes.NameOf(member.Address.Node) : ""),
    };
}
