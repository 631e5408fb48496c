using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Nakama.Server.Hosting;

/// <summary>
/// Serves HTTP/1.1 and HTTP/2 on one port without TLS. The HTTP server accepts only one of them when no TLS handshake negotiates
/// the protocol; HTTP/2 begins with a preface, so connections without it go to the pipeline of an HTTP/1.1 listener.
/// </summary>
internal sealed class PlaintextProtocols(TimeSpan patience, TimeProvider clock)
{
    private ConnectionDelegate? _http1;

    private static ReadOnlySpan<byte> Preface => "PRI"u8;

    /// <summary>
    /// Captures the pipeline behind this listener for the HTTP/1.1 connections of other listeners. Call it after all other parts
    /// of the listener.
    /// </summary>
    public void ShareHttp1(ListenOptions listen) => listen.Use(next =>
    {
        _http1 = next;
        return next;
    });

    /// <summary>Lets a listener for HTTP/2 serve HTTP/1.1 as well.</summary>
    public void AcceptHttp1(ListenOptions listen) => listen.Use(next => connection => SelectAsync(connection, next));

    private async Task SelectAsync(ConnectionContext connection, ConnectionDelegate http2)
    {
        var input = connection.Transport.Input;
        bool isHttp2;
        try
        {
            using var silence = new CancellationTokenSource(patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, connection.ConnectionClosed);
            var read = await input.ReadAtLeastAsync(Preface.Length, either.Token);
            isHttp2 = StartsWithPreface(read.Buffer);
            // Nothing is consumed, so the next reader starts at the same byte.
            input.AdvanceTo(read.Buffer.Start);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return;
        }

        await (isHttp2 ? http2 : _http1!)(connection);
    }

    private static bool StartsWithPreface(in ReadOnlySequence<byte> buffer)
    {
        if (buffer.Length < Preface.Length) return false;
        Span<byte> start = stackalloc byte[Preface.Length];
        buffer.Slice(0, Preface.Length).CopyTo(start);
        return start.SequenceEqual(Preface);
    }
}
