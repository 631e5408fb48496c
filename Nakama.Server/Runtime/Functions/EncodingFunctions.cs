using System.Buffers;
using System.Text;
using Nakama.Protocol.Json;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Conversions between bytes and text.</summary>
internal sealed class EncodingFunctions : IFunctionModule
{
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    public string Name => "Encoding";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("base64_encode", "Writes bytes in base64.")
            .Bytes("input", new("expects string", "")).RefusedInJavaScript("expects a string or ArrayBuffer object").OptionalFlag("padding", true).NotNull()
            .Returns("text").Does(static call => Encode(Convert.ToBase64String(call.Bytes(0)), call.Flag(1)));
        functions.Function("base64_decode", "Reads base64; with padding, what is missing of it is added.")
            .Text("text", new("expects string", "")).OptionalFlag("padding", true).NotNull()
            .Returns("bytes").Does(static call => Decode(call, GoBase64.StandardAlphabet, "base64", addsPadding: call.Flag(1)));
        functions.Function("base64url_encode", "Writes bytes in the alphabet of base64 that is safe in URLs.")
            .Bytes("input", new("expects string", "")).OptionalFlag("padding", true).NotNull()
            .Returns("text").NamedInJavaScript("base64UrlEncode")
            .Does(static call => Encode(Convert.ToBase64String(call.Bytes(0)).Replace('+', '-').Replace('/', '_'), call.Flag(1)));
        functions.Function("base64url_decode", "Reads base64 of URLs; WITHOUT padding, what is missing of it is added.")
            .Text("text", new("expects string", "")).OptionalFlag("padding", false, inJavaScript: true).NotNull()
            .Returns("bytes").NamedInJavaScript("base64UrlDecode")
            .Does(static call => Decode(call, GoBase64.UrlAlphabet, "base64 url", addsPadding: !call.Flag(1)));
        functions.Function("base16_encode", "Writes bytes as lower-case hexadecimal digits.")
            .Bytes("input", new("expects string", ""))
            .Returns("text").Does(static call => ScriptValue.Of(Convert.ToHexStringLower(call.Bytes(0))));
        functions.Function("base16_decode", "Reads hexadecimal digits.")
            .Text("text", new("expects string", ""))
            .Returns("bytes").Does(DecodeHex);
    }

    private static ScriptValue Encode(string text, bool isPadded) => ScriptValue.Of(isPadded ? text : text.TrimEnd('='));

    private static ScriptValue Decode(FunctionCall call, byte[] alphabet, string kind, bool addsPadding)
    {
        var text = call.Bytes(0);
        if (addsPadding && text.Length % 4 is > 0 and var rest)
        {
            var length = text.Length;
            Array.Resize(ref text, length + 4 - rest);
            text.AsSpan(length).Fill((byte)'=');
        }

        return GoBase64.TryDecode(text, alphabet, isPadded: true, out var bytes, out var faultAt)
            ? ScriptValue.Of(bytes)
            : throw new FunctionException(new(
                $"not a valid {kind} string: illegal base64 data at input byte {faultAt}", $"Failed to decode string: {Encoding.UTF8.GetString(text)}"));
    }

    private static ScriptValue DecodeHex(FunctionCall call)
    {
        var text = call.Bytes(0);
        var wrong = text.AsSpan().IndexOfAnyExcept(HexDigits);
        if (wrong >= 0) throw NotHex($"invalid byte: U+{text[wrong]:X4}{Shown((char)text[wrong])}");
        if (text.Length % 2 != 0) throw NotHex("odd length hex string");
        return ScriptValue.Of(Convert.FromHexString(Encoding.ASCII.GetString(text)));

        static string Shown(char c) => char.IsControl(c) ? "" : $" '{c}'";
        FunctionException NotHex(string why) => new(new($"not a valid base16 string: encoding/hex: {why}", $"Failed to decode string: {call.Text(0)}"));
    }
}
