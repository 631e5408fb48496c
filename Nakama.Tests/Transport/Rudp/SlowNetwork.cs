using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Queues = System.Threading.Channels.Channel;

namespace Nakama.Tests.Transport.Rudp;

/// <summary>Stands between one client and a node's UDP port and brings each datagram later, half of the round trip each way.</summary>
internal sealed class SlowNetwork : IAsyncDisposable
{
    private readonly UdpClient _front = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly UdpClient _back = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;
    private volatile IPEndPoint? _client;

    public SlowNetwork(int port, int roundTripMs)
    {
        var node = new IPEndPoint(IPAddress.Loopback, port);
        var delay = TimeSpan.FromMilliseconds(roundTripMs / 2.0);
        var (there, back) = (Queues.CreateUnbounded<Late>(), Queues.CreateUnbounded<Late>());
        _running = Task.WhenAll(
            ReadAsync(_front, there.Writer, from => _client = from),
            SendAsync(there.Reader, delay, bytes => _back.Send(bytes, node)),
            ReadAsync(_back, back.Writer, _ => { }),
            SendAsync(back.Reader, delay, bytes => _front.Send(bytes, _client!)));
    }

    public int Port => ((IPEndPoint)_front.Client.LocalEndPoint!).Port;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _front.Dispose();
        _back.Dispose();
        _end.Dispose();
    }

    private async Task ReadAsync(UdpClient from, ChannelWriter<Late> to, Action<IPEndPoint> seen)
    {
        try
        {
            while (true)
            {
                var datagram = await from.ReceiveAsync(_end.Token);
                seen(datagram.RemoteEndPoint);
                to.TryWrite(new Late(Stopwatch.GetTimestamp(), datagram.Buffer));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task SendAsync(ChannelReader<Late> from, TimeSpan delay, Action<byte[]> send)
    {
        try
        {
            await foreach (var (cameAt, bytes) in from.ReadAllAsync(_end.Token))
            {
                var rest = delay - Stopwatch.GetElapsedTime(cameAt);
                if (rest > TimeSpan.Zero) await Task.Delay(rest, _end.Token);
                send(bytes);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private readonly record struct Late(long CameAt, byte[] Bytes);
}
