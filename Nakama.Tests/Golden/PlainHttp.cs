using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Nakama.Tests.Golden;

/// <summary>One request and its response over a connection of its own, with full control over the bytes of the request.</summary>
internal static class PlainHttp
{
    // Hashing a password takes seconds in a debug build with all tests in parallel.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static async Task<PlainAnswer> SendAsync(
        int port, string verb, string target, IReadOnlyDictionary<string, string> headers, byte[]? body)
    {
        using var timeout = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, timeout.Token);
        var stream = client.GetStream();

        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"{verb} {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: identity\r\n");
        var isFramed = headers.Keys.Any(name => name.Equals("content-length", StringComparison.OrdinalIgnoreCase));
        if (!isFramed && (body is not null || verb is "POST" or "PUT" or "PATCH"))
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body?.Length ?? 0}\r\n");
        foreach (var (name, value) in headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), timeout.Token);
        try
        {
            if (body is not null) await stream.WriteAsync(body, timeout.Token);
        }
        catch (IOException)
        {
            // A server that rejects the request may close before it has read everything; its response counts.
        }

        return await ReadAsync(stream, verb == "HEAD", timeout.Token);
    }

    public static async Task<PlainAnswer> ReadAsync(NetworkStream stream, bool isHead, CancellationToken cancellationToken)
    {
        var status = await LineAsync(stream, cancellationToken);
        var code = int.Parse(status.Split(' ')[1], CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await LineAsync(stream, cancellationToken) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = (line[..colon], line[(colon + 1)..].Trim());
            headers[name] = headers.TryGetValue(name, out var before) ? $"{before}, {value}" : value;
        }

        var body = isHead || code is 204 or 304 or < 200 ? [] : await BodyAsync(stream, headers, cancellationToken);
        return new PlainAnswer(code, headers, Encoding.UTF8.GetString(body));
    }

    private static async Task<byte[]> BodyAsync(NetworkStream stream, Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        if (headers.TryGetValue("Content-Length", out var length))
        {
            await CopyAsync(stream, body, int.Parse(length, CultureInfo.InvariantCulture), cancellationToken);
            return body.ToArray();
        }

        if (headers.TryGetValue("Transfer-Encoding", out var encoding) && encoding.Equals("chunked", StringComparison.OrdinalIgnoreCase))
        {
            while (int.Parse(await LineAsync(stream, cancellationToken), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
            {
                await CopyAsync(stream, body, size, cancellationToken);
                await LineAsync(stream, cancellationToken);
            }

            return body.ToArray();
        }

        await stream.CopyToAsync(body, cancellationToken);
        return body.ToArray();
    }

    private static async Task CopyAsync(NetworkStream stream, MemoryStream to, int count, CancellationToken cancellationToken)
    {
        var buffer = new byte[count];
        await stream.ReadExactlyAsync(buffer, cancellationToken);
        to.Write(buffer);
    }

    private static async Task<string> LineAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            if (one[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }
    }
}

/// <summary>A response; header names are case-insensitive.</summary>
internal sealed record PlainAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body);
