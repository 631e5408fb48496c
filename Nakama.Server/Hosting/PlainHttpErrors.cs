using Microsoft.AspNetCore.Connections;

namespace Nakama.Server.Hosting;

/// <summary>Answers a client that sends plain HTTP to a TLS port with a plain HTTP error.</summary>
internal static class PlainHttpErrors
{
    private const byte TlsHandshake = 0x16;

    private static ReadOnlySpan<byte> Answer =>
        "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n"u8;

    public static async Task CheckAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var input = connection.Transport.Input;
        var read = await input.ReadAsync(connection.ConnectionClosed);
        if (read.Buffer.IsEmpty)
        {
            input.AdvanceTo(read.Buffer.End);
            return;
        }

        var isTls = read.Buffer.FirstSpan[0] == TlsHandshake;
        // Nothing is consumed, so the next reader starts at the same byte.
        input.AdvanceTo(read.Buffer.Start);
        if (isTls)
        {
            await next(connection);
            return;
        }

        Answer.CopyTo(connection.Transport.Output.GetSpan(Answer.Length));
        connection.Transport.Output.Advance(Answer.Length);
        await connection.Transport.Output.FlushAsync(connection.ConnectionClosed);
    }
}
