namespace Nakama.Console.Notifications;

/// <summary>The meanings of the codes that the server itself uses; games use those above zero.</summary>
internal static class NotificationCodes
{
    private static readonly string[] Reserved =
    [
        "Reserved",
        "Message to an offline player",
        "Friend request",
        "Friend request accepted",
        "Group join accepted",
        "Group join request",
        "Friend has joined the game",
        "Single socket: replaced by another one",
        "Banned",
    ];

    /// <summary>Empty for a code of the game.</summary>
    public static string Meaning(int code) => code <= 0 && -code < Reserved.Length ? Reserved[-code] : "";
}
