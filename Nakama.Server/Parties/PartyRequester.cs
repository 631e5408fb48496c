using Nakama.Server.Sessions;
using Nakama.Server.Wire.Realtime;

namespace Nakama.Server.Parties;

/// <summary>A session that asks to come in.</summary>
/// <param name="Presence">As messages carry it; never changed.</param>
/// <param name="Address">Where it is.</param>
internal sealed record PartyRequester(UserPresence Presence, SessionAddress Address);
