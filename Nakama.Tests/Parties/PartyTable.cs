using Nakama.Protocol.Realtime;
using Nakama.Tests.Presence;
using Nakama.Tests.Realtime;

namespace Nakama.Tests.Parties;

/// <summary>Words for what sessions do with parties.</summary>
internal static class PartyTable
{
    /// <summary>Makes a party and returns its id.</summary>
    public static async Task<string> CreatePartyAsync(this LiveHouse house, ListeningSession leader, int maxSize = 4, bool open = true, string more = "") =>
        (await house.AskAsync(leader, $$"""
            "party_create":{"max_size":{{maxSize}},"open":{{(open ? "true" : "false")}}{{more}}}
            """))!.Party.PartyId;

    public static string Say(string message, string id, string more = "") => $$"""
        "{{message}}":{"party_id":"{{id}}"{{more}}}
        """;

    /// <summary>A message that is about someone.</summary>
    public static string Say(string message, string id, ListeningSession about) => Say(message, id, $$"""
        ,"presence":{"user_id":"{{about.UserIdText}}","session_id":"{{about.IdText}}","username":"{{about.Username}}"}
        """);

    public static Task<Envelope?> JoinPartyAsync(this LiveHouse house, ListeningSession session, string id) =>
        house.AskAsync(session, Say("party_join", id));
}
