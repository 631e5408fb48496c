using System.Text;
using Nakama.Protocol.Json;

namespace Nakama.Server.Parties;

/// <summary>What a party can be found by: the text of a JSON object.</summary>
internal static class PartyLabel
{
    public const string None = "{}";

    private const int MaxBytes = 2048;

    /// <summary>Whether the text says nothing, in one of the two ways to say it.</summary>
    public static bool IsNone(string label) => label is "" or None;

    /// <summary>What is wrong with a label, in the words of the contract; null when it may be used.</summary>
    public static string? FindFault(string label)
    {
        var bytes = Encoding.UTF8.GetBytes(label);
        if (JsonErrors.OfObject(bytes) is { } fault) return "failed to unmarshal party label: " + fault;
        return bytes.Length > MaxBytes ? PartyErrors.LabelTooLong : null;
    }
}
