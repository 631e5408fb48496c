using System.Text;
using System.Text.Json.Nodes;

namespace Nakama.Console.Playground;

/// <summary>What a frame says about itself.</summary>
internal static class FrameText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The name of the message in an envelope; <c>ack</c> for an empty one.</summary>
    public static string NameOf(JsonObject envelope) =>
        envelope.Select(static member => member.Key).FirstOrDefault(static name => name != "cid") ?? "ack";

    /// <summary>The base64 data of a match or party message as text; null when there are none or they are no text.</summary>
    public static string? DataOf(JsonObject envelope, string name)
    {
        if ((envelope[name] as JsonObject)?["data"] is not JsonValue value || !value.TryGetValue<string>(out var encoded)) return null;
        try
        {
            return Strict.GetString(Convert.FromBase64String(encoded));
        }
        catch (Exception error) when (error is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }
}
