using System.Text;

namespace Nakama.Server.Transport.WebSocket;

/// <summary>
/// The head of an upgrade request, read directly from the connection. Only the plain, complete and correct form is
/// recognised; everything else is left to the HTTP server.
/// </summary>
internal ref struct UpgradeHead
{
    private ReadOnlySpan<byte> _query;
    private bool _hasHost;
    private bool _isUpgrade;
    private bool _isConnectionUpgrade;
    private bool _isVersion13;

    public string? Key { get; private set; }

    public string? Authorization { get; private set; }

    public string ForwardedFor { get; private set; }

    /// <param name="head">From the first byte of the request to the empty line, both line ends included.</param>
    public static bool TryRead(ReadOnlySpan<byte> head, out UpgradeHead result)
    {
        result = new UpgradeHead { ForwardedFor = "" };
        var end = head.IndexOf("\r\n"u8);
        if (!result.ReadRequestLine(head[..end])) return false;
        head = head[(end + 2)..];
        while (!head.StartsWith("\r\n"u8))
        {
            end = head.IndexOf("\r\n"u8);
            if (!result.ReadHeader(head[..end])) return false;
            head = head[(end + 2)..];
        }
        return result._hasHost && result._isUpgrade && result._isConnectionUpgrade && result._isVersion13 && result.Key is not null;
    }

    /// <summary>The first value of a query parameter; empty when there is none.</summary>
    public readonly string Parameter(ReadOnlySpan<byte> name)
    {
        var rest = _query;
        while (!rest.IsEmpty)
        {
            var ampersand = rest.IndexOf((byte)'&');
            var pair = ampersand < 0 ? rest : rest[..ampersand];
            rest = ampersand < 0 ? default : rest[(ampersand + 1)..];
            var equals = pair.IndexOf((byte)'=');
            var key = equals < 0 ? pair : pair[..equals];
            if (key.SequenceEqual(name)) return equals < 0 ? "" : Encoding.ASCII.GetString(pair[(equals + 1)..]);
        }
        return "";
    }

    private bool ReadRequestLine(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("GET /ws"u8) || !line.EndsWith(" HTTP/1.1"u8)) return false;
        var query = line["GET /ws".Length..^" HTTP/1.1".Length];
        if (query.IsEmpty) return true;
        // Escapes are rare and are left to the HTTP server.
        if (query[0] != '?' || query.ContainsAnyExceptInRange((byte)'!', (byte)'~') || query.ContainsAny("%+;#"u8)) return false;
        _query = query[1..];
        return true;
    }

    private bool ReadHeader(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        // A line that begins with white space is obsolete line folding, which is forbidden.
        if (colon <= 0 || line[..colon].ContainsAnyExceptInRange((byte)'!', (byte)'~')) return false;
        var name = line[..colon];
        var value = line[(colon + 1)..].Trim(" \t"u8);
        if (value.ContainsAnyExceptInRange((byte)' ', (byte)'~')) return false;

        switch (name.Length)
        {
            case 4 when Is(name, "host"u8):
                return Once(ref _hasHost, !value.IsEmpty);
            case 6 when Is(name, "expect"u8):
                return false;
            case 7 when Is(name, "upgrade"u8):
                return Once(ref _isUpgrade, Is(value, "websocket"u8));
            case 10 when Is(name, "connection"u8):
                return Once(ref _isConnectionUpgrade, Names(value, "upgrade"u8));
            case 13 when Is(name, "authorization"u8):
                if (Authorization is not null) return false;
                Authorization = Encoding.ASCII.GetString(value);
                return true;
            case 14 when Is(name, "content-length"u8):
                return false;
            case 15 when Is(name, "x-forwarded-for"u8):
                if (ForwardedFor.Length > 0) return false;
                ForwardedFor = Encoding.ASCII.GetString(value);
                return true;
            case 17 when Is(name, "transfer-encoding"u8):
                return false;
            case 17 when Is(name, "sec-websocket-key"u8):
                if (Key is not null) return false;
                Key = Encoding.ASCII.GetString(value);
                return Handshake.IsKey(Key);
            case 21 when Is(name, "sec-websocket-version"u8):
                return Once(ref _isVersion13, value.SequenceEqual("13"u8));
            default:
                return true;
        }
    }

    private static bool Once(ref bool seen, bool isRight)
    {
        if (seen) return false;
        seen = isRight;
        return isRight;
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower) => Ascii.EqualsIgnoreCase(text, lower);

    private static bool Names(ReadOnlySpan<byte> list, ReadOnlySpan<byte> lower)
    {
        while (!list.IsEmpty)
        {
            var comma = list.IndexOf((byte)',');
            if (Is((comma < 0 ? list : list[..comma]).Trim(" \t"u8), lower)) return true;
            list = comma < 0 ? default : list[(comma + 1)..];
        }
        return false;
    }
}
