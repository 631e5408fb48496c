using Nakama.Server.Search;
using Party = Nakama.Protocol.Api.Party;
using PartyList = Nakama.Protocol.Api.PartyList;

namespace Nakama.Server.Parties;

/// <summary>Lists parties by their labels.</summary>
public sealed class PartyListing
{
    private readonly PartyIndex _index;

    internal PartyListing(PartyIndex index) => _index = index;

    /// <summary>A page, and the cursor of the next one.</summary>
    /// <param name="limit">The maximum number of parties, at least 1.</param>
    /// <param name="isOpen">Only open ones, or only closed ones; null for both.</param>
    /// <param name="showsHidden">Whether hidden parties are listed as well.</param>
    /// <param name="query">A query on the label; empty for all parties.</param>
    /// <param name="cursor">The cursor of the previous page; empty for the first page.</param>
    /// <returns>Null when the cursor does not belong to this query.</returns>
    /// <exception cref="SearchQueryException">The query is invalid or cannot be run.</exception>
    public PartyList? List(int limit, bool? isOpen, bool showsHidden, string query, string cursor)
    {
        var parsed = SearchQuery.Parse(query);
        var asked = PartyCursor.DigestOf(query, isOpen, limit);
        var offset = 0;
        if (cursor.Length > 0)
        {
            if (PartyCursor.Parse(cursor, asked) is not { } begun) return null;
            offset = begun.Offset;
        }

        var filters = new List<SearchFilter>(2);
        if (isOpen is { } open) filters.Add(SearchFilter.Is(PartyIndex.OpenField, PartyIndex.FlagText(open)));
        if (!showsHidden) filters.Add(SearchFilter.Is(PartyIndex.HiddenField, PartyIndex.FlagText(false)));
        var page = _index.Search(new SearchRequest<IListedParty> { Query = parsed, Filters = filters, Offset = offset, Limit = limit });

        var list = new PartyList();
        foreach (var (party, _) in page.Hits) list.Parties.Add(Show(party));
        if (page.Total - limit > offset) list.Cursor = new PartyCursor(asked, offset + limit).ToString();
        return list;
    }

    private static Party Show(IListedParty party)
    {
        var settings = party.Settings;
        return new Party
        {
            PartyId = party.Id,
            Open = settings.IsOpen,
            Hidden = settings.IsHidden,
            MaxSize = party.Capacity,
            Label = settings.Label,
        };
    }
}
