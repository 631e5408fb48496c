namespace Nakama.Console.Chat;

/// <summary>The meanings of the codes of channel messages.</summary>
internal static class MessageCodes
{
    private static readonly string[] Meanings =
    [
        "Written by a player",
        "Changed by its sender",
        "Removed by its sender",
        "Group: joined",
        "Group: added",
        "Group: left",
        "Group: kicked",
        "Group: promoted",
        "Group: banned",
        "Group: demoted",
    ];

    /// <summary>Empty for an unknown code.</summary>
    public static string Meaning(int code) => code >= 0 && code < Meanings.Length ? Meanings[code] : "";
}
