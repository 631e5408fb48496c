using System.Buffers;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Nakama.Protocol.Json;

/// <summary>
/// Escapes only the characters that clients expect to be escaped. The encoders of .NET write quotes, characters outside the
/// basic plane and others as six characters or more each.
/// </summary>
public sealed class JsonTextEncoder : JavaScriptEncoder
{
    private const int MaxEscapeLength = 6;
    private const char LineSeparator = '\u2028';
    private const char ParagraphSeparator = '\u2029';

    private static readonly SearchValues<char> Surrogates = SearchValues.Create([.. Enumerable.Range(0xd800, 0x800).Select(static c => (char)c)]);

    private static readonly byte[] Demanded = [.. Enumerable.Range(0, ' ').Select(static c => (byte)c), (byte)'"', (byte)'\\'];

    private static ReadOnlySpan<byte> SeparatorStart => [0xe2, 0x80];

    private readonly bool _isHtmlSafe;
    private readonly SearchValues<byte> _bytes;
    private readonly SearchValues<char> _chars;

    private JsonTextEncoder(bool isHtmlSafe)
    {
        _isHtmlSafe = isHtmlSafe;
        byte[] escaped = isHtmlSafe ? [.. Demanded, .. "<>&"u8] : Demanded;
        _bytes = SearchValues.Create(escaped);
        _chars = SearchValues.Create(Encoding.ASCII.GetString(escaped));
    }

    /// <summary>Only what JSON requires: quotes, backslashes and control characters. Used for messages.</summary>
    public static JsonTextEncoder Minimal { get; } = new(isHtmlSafe: false);

    /// <summary>Also <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c>, U+2028 and U+2029. Used for function calls and contents.</summary>
    public static JsonTextEncoder HtmlSafe { get; } = new(isHtmlSafe: true);

    public override int MaxOutputCharactersPerInputCharacter => MaxEscapeLength;

    public override bool WillEncode(int unicodeScalar) =>
        unicodeScalar < 0x80 ? _bytes.Contains((byte)unicodeScalar) : _isHtmlSafe && unicodeScalar is LineSeparator or ParagraphSeparator;

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength) => FindFirst(new ReadOnlySpan<char>(text, textLength));

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text) => FindFirst(utf8Text);

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var destination = new Span<char>(buffer, bufferLength);
        if (WillEncode(unicodeScalar)) return TryEscape(unicodeScalar, destination, out numberOfCharactersWritten);
        return new Rune(unicodeScalar).TryEncodeToUtf16(destination, out numberOfCharactersWritten);
    }

    public override OperationStatus Encode(
        ReadOnlySpan<char> source, Span<char> destination, out int charsConsumed, out int charsWritten, bool isFinalBlock = true)
    {
        (charsConsumed, charsWritten) = (0, 0);
        while (true)
        {
            var rest = source[charsConsumed..];
            var special = FindFirst(rest);
            var plain = rest[..(special < 0 ? rest.Length : special)];
            if (!plain.TryCopyTo(destination[charsWritten..])) return OperationStatus.DestinationTooSmall;
            charsConsumed += plain.Length;
            charsWritten += plain.Length;
            if (special < 0) return OperationStatus.Done;

            var c = rest[special];
            if (char.IsHighSurrogate(c) && special + 1 == rest.Length && !isFinalBlock) return OperationStatus.NeedMoreData;
            var isWritten = char.IsSurrogate(c)
                ? Rune.ReplacementChar.TryEncodeToUtf16(destination[charsWritten..], out var length)
                : TryEscape(c, destination[charsWritten..], out length);
            if (!isWritten) return OperationStatus.DestinationTooSmall;
            charsConsumed++;
            charsWritten += length;
        }
    }

    public override OperationStatus EncodeUtf8(
        ReadOnlySpan<byte> utf8Source, Span<byte> utf8Destination, out int bytesConsumed, out int bytesWritten, bool isFinalBlock = true)
    {
        (bytesConsumed, bytesWritten) = (0, 0);
        while (true)
        {
            var rest = utf8Source[bytesConsumed..];
            var special = FindFirst(rest);
            var plain = rest[..(special < 0 ? rest.Length : special)];
            if (!plain.TryCopyTo(utf8Destination[bytesWritten..])) return OperationStatus.DestinationTooSmall;
            bytesConsumed += plain.Length;
            bytesWritten += plain.Length;
            if (special < 0) return OperationStatus.Done;

            var status = Rune.DecodeFromUtf8(rest[special..], out var rune, out var taken);
            if (status == OperationStatus.NeedMoreData && !isFinalBlock) return status;
            var isWritten = status == OperationStatus.Done
                ? TryEscape(rune.Value, utf8Destination[bytesWritten..], out var length)
                : Rune.ReplacementChar.TryEncodeToUtf8(utf8Destination[bytesWritten..], out length);
            if (!isWritten) return OperationStatus.DestinationTooSmall;
            bytesConsumed += taken;
            bytesWritten += length;
        }
    }

    private static bool TryEscape<T>(int scalar, Span<T> destination, out int written)
        where T : unmanaged, IBinaryInteger<T>
    {
        var letter = scalar switch
        {
            '"' => '"',
            '\\' => '\\',
            '\b' => 'b',
            '\f' => 'f',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            _ => 'u',
        };
        written = letter == 'u' ? MaxEscapeLength : 2;
        if (written > destination.Length)
        {
            written = 0;
            return false;
        }

        destination[0] = T.CreateTruncating('\\');
        destination[1] = T.CreateTruncating(letter);
        for (var i = 2; i < written; i++)
            destination[i] = T.CreateTruncating("0123456789abcdef"[(scalar >> (4 * (MaxEscapeLength - 1 - i))) & 15]);
        return true;
    }

    private int FindFirst(ReadOnlySpan<char> text)
    {
        var first = text.IndexOfAny(_chars);
        if (first >= 0) text = text[..first];
        if (_isHtmlSafe && text.IndexOfAny(LineSeparator, ParagraphSeparator) is >= 0 and var separator)
        {
            first = separator;
            text = text[..first];
        }

        var lone = FindLoneSurrogate(text);
        return lone < 0 ? first : lone;
    }

    private int FindFirst(ReadOnlySpan<byte> text)
    {
        var first = text.IndexOfAny(_bytes);
        if (first >= 0) text = text[..first];
        if (_isHtmlSafe && FindSeparator(text) is >= 0 and var separator)
        {
            first = separator;
            text = text[..first];
        }

        return Utf8.IsValid(text) ? first : FindInvalid(text);
    }

    private static int FindLoneSurrogate(ReadOnlySpan<char> text)
    {
        var at = 0;
        while (text[at..].IndexOfAny(Surrogates) is >= 0 and var next)
        {
            at += next;
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1])) return at;
            at += 2;
        }

        return -1;
    }

    private static int FindSeparator(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (text[at..].IndexOf(SeparatorStart) is >= 0 and var next)
        {
            at += next;
            if (at + 2 < text.Length && text[at + 2] is 0xa8 or 0xa9) return at;
            at += 2;
        }

        return -1;
    }

    private static int FindInvalid(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(text[at..], out _, out var length) == OperationStatus.Done) at += length;
        return at;
    }
}
