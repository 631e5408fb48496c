namespace Nakama.Server.Social;

/// <summary>Everyone who vouches for players.</summary>
internal sealed record SocialProviders(
    AppleTokens Apple, FacebookTokens Facebook, InstantGamePlayers InstantGames, GameCenterPlayers GameCenter, GoogleTokens Google,
    SteamTickets Steam);
