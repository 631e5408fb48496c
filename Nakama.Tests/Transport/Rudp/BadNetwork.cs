using System.Net;
using System.Net.Sockets;

namespace Nakama.Tests.Transport.Rudp;

/// <summary>
/// Stands between one client and a node's UDP port and treats datagrams as a bad network does: some are lost, some come
/// twice, some are overtaken by the next. What happens to which is decided by a seed.
/// </summary>
internal sealed class BadNetwork : IAsyncDisposable
{
    private readonly UdpClient _front = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly UdpClient _back = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;
    private IPEndPoint? _client;

    public BadNetwork(int port, int seed, double lost, double doubled, double overtaken)
    {
        var node = new IPEndPoint(IPAddress.Loopback, port);
        _running = Task.WhenAll(
            RunAsync(_front, new Random(seed), bytes => _back.Send(bytes, node), from => _client = from),
            RunAsync(_back, new Random(seed + 1), bytes => _front.Send(bytes, _client!), _ => { }));

        async Task RunAsync(UdpClient from, Random random, Action<byte[]> send, Action<IPEndPoint> seen)
        {
            byte[]? held = null;
            while (true)
            {
                UdpReceiveResult datagram;
                try
                {
                    datagram = await from.ReceiveAsync(_end.Token);
                }
                catch (OperationCanceledException)
                {
                    return;
                }

                seen(datagram.RemoteEndPoint);
                Interlocked.Increment(ref _count);
                var fate = random.NextDouble();
                if (fate < lost) continue;
                if (held is null && fate < lost + overtaken)
                {
                    held = datagram.Buffer;
                    continue;
                }
                send(datagram.Buffer);
                if (fate > 1 - doubled) send(datagram.Buffer);
                if (held is null) continue;
                send(held);
                held = null;
            }
        }
    }

    private int _count;

    public int Port => ((IPEndPoint)_front.Client.LocalEndPoint!).Port;

    /// <summary>How many datagrams came by.</summary>
    public int Count => Volatile.Read(ref _count);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _front.Dispose();
        _back.Dispose();
        _end.Dispose();
    }
}
