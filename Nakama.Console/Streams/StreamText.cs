using System.Globalization;
using Nakama.Protocol.Live;

namespace Nakama.Console.Streams;

/// <summary>Describes streams to operators.</summary>
internal static class StreamText
{
    /// <summary>Modes above this belong to the game.</summary>
    public const int LastKnownMode = 7;

    private static readonly string[] Names = ["Notifications", "Status", "Chat room", "Group chat", "Direct message", "Relayed match", "Authoritative match", "Party"];

    public static string NameOf(int mode) => mode >= 0 && mode < Names.Length ? Names[mode] : string.Create(CultureInfo.InvariantCulture, $"Mode {mode}");

    public static string PathOf(LiveStream stream) => string.Create(
        CultureInfo.InvariantCulture,
        $"streams/{stream.Mode}?subject={stream.Subject}&subcontext={stream.Subcontext}&label={Uri.EscapeDataString(stream.Label)}");
}
