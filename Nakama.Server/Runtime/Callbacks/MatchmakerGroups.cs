using Nakama.Server.Errors;
using Nakama.Server.Matchmaking;
using Nakama.Server.Runtime.Functions;
using Nakama.Server.Security;

namespace Nakama.Server.Runtime.Callbacks;

/// <summary>Reads the matches that game logic has chosen: lists of entries, each as it was given or a copy of it.</summary>
internal static class MatchmakerGroups
{
    /// <param name="result">What the function has returned.</param>
    /// <param name="given">The entries that the function was given.</param>
    /// <param name="kind">The kind of the function.</param>
    /// <exception cref="ApiException">The result is no list of matches, or has an entry that was not given.</exception>
    public static IReadOnlyList<IReadOnlyList<MatchmakerEntry>> Read(in ScriptValue result, IEnumerable<MatchmakerEntry> given, CallbackKind kind)
    {
        if (result.Kind == ScriptValueKind.Native)
            return result.AsNative() as IReadOnlyList<IReadOnlyList<MatchmakerEntry>> ?? throw Wrong(kind);

        var known = new Dictionary<(string Ticket, Guid Session), MatchmakerEntry>();
        foreach (var entry in given) known[(entry.Ticket, entry.Presence.SessionId)] = entry;
        var matches = ListOf(result, kind);
        var groups = new List<IReadOnlyList<MatchmakerEntry>>(matches.Length);
        for (var i = 0; i < matches.Length; i++) groups.Add(ReadMatch(ListOf(matches[i], kind), known, kind));
        return groups;
    }

    private static List<MatchmakerEntry> ReadMatch(IScriptTable match, Dictionary<(string Ticket, Guid Session), MatchmakerEntry> known, CallbackKind kind)
    {
        if (match.Length > known.Count) throw Wrong(kind);
        var entries = new List<MatchmakerEntry>(match.Length);
        for (var i = 0; i < match.Length; i++)
        {
            if (match[i] is not { Kind: ScriptValueKind.Table } entry) throw Wrong(kind);
            var (ticket, presence) = (entry.AsTable().Field("ticket"), entry.AsTable().Field("presence"));
            if (ticket.Kind != ScriptValueKind.Text || presence.Kind != ScriptValueKind.Table) throw Wrong(kind);
            var session = presence.AsTable().Field("session_id");
            if (session.Kind != ScriptValueKind.Text || !UuidText.TryParse(session.AsText(), out var sessionId)
                || !known.TryGetValue((ticket.AsText(), sessionId), out var found))
            {
                throw Wrong(kind);
            }

            entries.Add(found);
        }

        return entries;
    }

    private static IScriptTable ListOf(in ScriptValue value, CallbackKind kind)
    {
        if (value.Kind != ScriptValueKind.Table) throw Wrong(kind);
        var table = value.AsTable();
        return table.Length > 0 || table.IsEmpty ? table : throw Wrong(kind);
    }

    private static ApiException Wrong(CallbackKind kind) => new(StatusCode.Internal, CallbackTable.Of(kind).WhenResultWrong!.Value.Lua);
}
