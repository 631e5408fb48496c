using Nakama.Server.Matches;
using Nakama.Server.Parties;
using Nakama.Server.Search;
using Match = Nakama.Protocol.Api.Match;
using Party = Nakama.Protocol.Api.Party;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Lists of current matches and parties.</summary>
internal sealed class MatchListFunctions(MatchListing matches, PartyListing parties) : IFunctionModule
{
    private const int MaxParties = 100;
    private const string PartiesFailed = "failed to list parties";

    public string Name => "Lists of matches and parties";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("match_get", "A match by its id; nil when it is over or nobody is in it.")
            .Text("match_id", "expects match ID").Returns("match").Does(Get);
        functions.Function("match_list", "The matches that fit, those of game logic first.")
            .OptionalWhole("limit", 1).NotNull().OptionalFlag("authoritative").Written().OptionalText("label").Written()
            .OptionalWhole("min_size").Written().OptionalWhole("max_size").Written().OptionalText("query").Written()
            .Returns("matches").Does(List);
        functions.Function("party_list", "A page of parties by their labels.")
            .OptionalWhole("limit", 10).OptionalFlag("open").Written().Flag("show_hidden").OptionalText("query", "").OptionalText("cursor", "")
            .Returns("parties", "cursor").Does(ListParties);
    }

    private ScriptValue Get(FunctionCall call)
    {
        if (!MatchStream.TryParse(call.Text(0), out var stream)) throw new FunctionException("failed to get match: match id invalid");
        return matches.Find(stream) is { } match ? Of(match, call.Language) : default;
    }

    private ScriptValue List(FunctionCall call)
    {
        var filter = new MatchFilter
        {
            Limit = call.Whole32(0),
            IsAuthoritative = call.FlagOrNull(1),
            Label = call.TextOrNull(2),
            MinSize = call.Has(3) ? call.Whole32(3) : null,
            MaxSize = call.Has(4) ? call.Whole32(4) : null,
            Query = call.TextOrNull(5),
        };
        try
        {
            return ScriptValue.Of(matches.List(filter).ConvertAll(match => Of(match, call.Language)));
        }
        catch (SearchQueryException e)
        {
            throw Attempt.Fault("failed to list matches", e);
        }
    }

    private ScriptValue ListParties(FunctionCall call)
    {
        var limit = call.Whole(0);
        if (limit is < 1 or > MaxParties) throw call.Refuse(0, "limit must be 1-100");
        try
        {
            var page = parties.List((int)limit, call.FlagOrNull(1), call.Flag(2), call.Text(3), call.Text(4))
                ?? throw Attempt.Fault(PartiesFailed, "invalid cursor");
            return call.Page(page.Parties.Select(party => Of(party, call.Language)).ToList(), page.Cursor ?? "", "parties");
        }
        catch (SearchQueryException e)
        {
            throw Attempt.Fault(PartiesFailed, e);
        }
    }

    private static ScriptValue Of(Match match, ScriptLanguage language) =>
        ScriptValue.Of(ScriptRecord.Showing(match, language, static (source, language) => Show((Match)source, language)));

    private static ScriptRecord Show(Match match, ScriptLanguage language)
    {
        var record = new ScriptRecord(6).Add("match_id", match.MatchId).Add("authoritative", match.Authoritative);
        // Relayed matches have no label, tick rate or handler name.
        if (match.Label is { } label) record.Add("label", label);
        record.Add("size", match.Size);
        if (match.Authoritative && language == ScriptLanguage.Lua) record.Add("tick_rate", match.TickRate).Add("handler_name", match.HandlerName);
        return record;
    }

    /// <summary>The inconsistent field names are kept for compatibility.</summary>
    private static ScriptValue Of(Party party, ScriptLanguage language) =>
        ScriptValue.Of(ScriptRecord.Showing(party, language, static (source, language) => Show((Party)source, language)));

    private static ScriptRecord Show(Party party, ScriptLanguage language) =>
        new ScriptRecord(4)
            .Add(language == ScriptLanguage.Lua ? "match_id" : "party_id", party.PartyId)
            .Add("open", party.Open)
            .Add("maxSize", party.MaxSize)
            .Add("label", party.Label);
}
