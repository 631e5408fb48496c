using MessagePack;

namespace Dice;

// The messages of the hub that this game uses, with the fields that it reads.

[MessagePackObject]
public sealed class Presence
{
    [Key("user_id")]
    public string UserId { get; set; } = "";

    [Key("username")]
    public string Username { get; set; } = "";
}

[MessagePackObject]
public sealed class Match
{
    [Key("match_id")]
    public string MatchId { get; set; } = "";

    [Key("presences")]
    public Presence[]? Presences { get; set; }
}

[MessagePackObject]
public sealed class MatchPresences
{
    [Key("joins")]
    public Presence[]? Joins { get; set; }
}

[MessagePackObject]
public sealed class MatchData
{
    [Key("op_code")]
    public long OpCode { get; set; }

    [Key("data")]
    public byte[] Data { get; set; } = [];
}

/// <summary>What a player streams to a match.</summary>
public sealed record MatchPart(long OpCode, byte[] Data, bool Reliable);
