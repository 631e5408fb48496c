using System.Text;
using Nakama.Protocol.Json;

namespace Nakama.Server.Parties;

/// <summary>The label by which a party can be found: the text of a JSON object.</summary>
internal static class PartyLabel
{
    public const string None = "{}";

    private const int MaxBytes = 2048;

    /// <summary>Whether the label is empty, in either of its two forms.</summary>
    public static bool IsNone(string label) => label is "" or None;

    /// <summary>The error text for an invalid label, as clients expect it; null when the label is valid.</summary>
    public static string? FindFault(string label)
    {
        var bytes = Encoding.UTF8.GetBytes(label);
        if (JsonErrors.OfObject(bytes) is { } fault) return "failed to unmarshal party label: " + fault;
        return bytes.Length > MaxBytes ? PartyErrors.LabelTooLong : null;
    }
}
